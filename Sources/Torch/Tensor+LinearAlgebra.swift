import CTorch

extension Tensor {
  /// The last dimension times the Sylvester-Hadamard matrix `H_n`, of elements 1 and -1, in n log n additions.
  ///
  /// `H_1 = [1]`, `H_2n = [[H_n, H_n], [H_n, -H_n]]`.
  ///
  /// **Shape** `[..., n]` to `[..., n]`; n is a power of two.
  public func walshHadamard() -> Tensor { call { ctorch_walsh_hadamard($0) } }

  /// Orthonormal columns that span the columns of the tensor: the Q of its QR decomposition, of which the
  /// diagonal of R is positive. Of a normal matrix it is uniform among all such matrices.
  ///
  /// **Shape** `[M, N]` to `[M, N]`, M ≥ N
  public func orthonormalColumns() -> Tensor { call { ctorch_orthonormal_columns($0) } }

  /// X of `A X = Y`, where A is this tensor. Whether A has an inverse is not checked: without, elements are infinite or NaN.
  ///
  /// **Shape** `[N, N]`, `y` `[N, M]` to `[N, M]`
  public func solving(_ y: Tensor) -> Tensor { call(with: y) { ctorch_solve($0, $1) } }
}
