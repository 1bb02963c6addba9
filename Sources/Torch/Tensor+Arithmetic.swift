import CTorch

prefix operator .!

/// Element by element, with broadcasting.
extension Tensor {
  /// The sum.
  public static func + (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: "+", ctorch_add) }
  /// The difference.
  public static func - (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: "-", ctorch_sub) }
  /// The product.
  public static func * (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: "*", ctorch_mul) }
  /// The quotient.
  public static func / (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: "/", ctorch_div) }
  /// The sum with a number.
  public static func + (x: Tensor, y: Double) -> Tensor { x.call(as: "+") { ctorch_add_scalar($0, y) } }
  /// The difference from a number.
  public static func - (x: Tensor, y: Double) -> Tensor { x.call(as: "-") { ctorch_sub_scalar($0, y) } }
  /// The product with a number.
  public static func * (x: Tensor, y: Double) -> Tensor { x.call(as: "*") { ctorch_mul_scalar($0, y) } }
  /// The product with a number.
  public static func * (x: Double, y: Tensor) -> Tensor { y * x }
  /// The quotient by a number.
  public static func / (x: Tensor, y: Double) -> Tensor { x.call(as: "/") { ctorch_div_scalar($0, y) } }
  /// The negative.
  public static prefix func - (x: Tensor) -> Tensor { x.call(as: "-", ctorch_neg) }

  /// x to the power y.
  public func pow(_ y: Tensor) -> Tensor { call(with: y, ctorch_pow) }
  /// x to the power of a number.
  public func pow(_ y: Double) -> Tensor { call { ctorch_pow_scalar($0, y) } }
  /// The greater of both.
  public func maximum(_ y: Tensor) -> Tensor { call(with: y, ctorch_maximum) }
  /// The smaller of both.
  public func minimum(_ y: Tensor) -> Tensor { call(with: y, ctorch_minimum) }
  /// At least `minimum`.
  public func clamped(minimum: Double) -> Tensor { call { ctorch_clamp_min_scalar($0, minimum) } }
  /// At most `maximum`.
  public func clamped(maximum: Double) -> Tensor { call { ctorch_clamp_max_scalar($0, maximum) } }

  /// The absolute value.
  public func abs() -> Tensor { call { ctorch_abs($0) } }
  /// The cosine; radians.
  public func cos() -> Tensor { call { ctorch_cos($0) } }
  /// The error function.
  public func erf() -> Tensor { call { ctorch_erf($0) } }
  /// e to the power x.
  public func exp() -> Tensor { call { ctorch_exp($0) } }
  /// exp(x) - 1, exact near zero.
  public func expm1() -> Tensor { call { ctorch_expm1($0) } }
  /// The largest whole number not above x.
  public func floor() -> Tensor { call { ctorch_floor($0) } }
  /// The natural logarithm.
  public func log() -> Tensor { call { ctorch_log($0) } }
  /// log(1 + x), exact near zero.
  public func log1p() -> Tensor { call { ctorch_log1p($0) } }
  /// 1 / x.
  public func reciprocal() -> Tensor { call { ctorch_reciprocal($0) } }
  /// 1 / sqrt(x).
  public func rsqrt() -> Tensor { call { ctorch_rsqrt($0) } }
  /// -1, 0 or 1.
  public func sign() -> Tensor { call { ctorch_sign($0) } }
  /// The sine; radians.
  public func sin() -> Tensor { call { ctorch_sin($0) } }
  /// The square root.
  public func sqrt() -> Tensor { call { ctorch_sqrt($0) } }
  /// x squared.
  public func square() -> Tensor { call { ctorch_square($0) } }
}

/// Comparisons, element by element, into tensors of `bool`.
extension Tensor {
  /// x = y.
  public static func .== (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".==", ctorch_eq) }
  /// x differs from y.
  public static func .!= (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".!=", ctorch_ne) }
  /// x < y.
  public static func .< (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".<", ctorch_lt) }
  /// x > y.
  public static func .> (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".>", ctorch_gt) }
  /// x = y.
  public static func .== (x: Tensor, y: Double) -> Tensor { x.call(as: ".==") { ctorch_eq_scalar($0, y) } }
  /// x differs from y.
  public static func .!= (x: Tensor, y: Double) -> Tensor { x.call(as: ".!=") { ctorch_ne_scalar($0, y) } }
  /// x < y.
  public static func .< (x: Tensor, y: Double) -> Tensor { x.call(as: ".<") { ctorch_lt_scalar($0, y) } }
  /// x > y.
  public static func .> (x: Tensor, y: Double) -> Tensor { x.call(as: ".>") { ctorch_gt_scalar($0, y) } }
  /// x ≥ y.
  public static func .>= (x: Tensor, y: Double) -> Tensor { x.call(as: ".>=") { ctorch_ge_scalar($0, y) } }
  /// x ≤ y.
  public static func .<= (x: Tensor, y: Double) -> Tensor { x.call(as: ".<=") { ctorch_le_scalar($0, y) } }
  /// Both.
  public static func .& (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".&", ctorch_logical_and) }
  /// Either.
  public static func .| (x: Tensor, y: Tensor) -> Tensor { x.call(with: y, as: ".|", ctorch_logical_or) }
  /// Not.
  public static prefix func .! (x: Tensor) -> Tensor { x.call(as: ".!", ctorch_logical_not) }
}

/// Matrix products.
extension Tensor {
  /// The matrix product, batched over leading dimensions.
  ///
  /// **Shape** `[..., N, K]` and `[..., K, M]` to `[..., N, M]`
  public func matmul(_ y: Tensor) -> Tensor { call(with: y, ctorch_matmul) }
}

/// In place; never recorded for gradients.
extension Tensor {
  /// Adds `scale * y`.
  public func add(_ y: Tensor, scale: Double = 1) {
    change(with: [y]) { ctorch_add_scaled_into($0, y.handle, scale) }
  }
  /// Adds `scale` times each row to the row of its index; equal indices add up.
  public func addRows(_ rows: Tensor, at indices: Tensor, scale: Double = 1) {
    change(with: [indices, rows]) { ctorch_add_scaled_rows_into($0, indices.handle, rows.handle, scale) }
  }
  /// Takes the elements of `source`, converted to this tensor's type and device.
  public func copy(from source: Tensor) {
    change(with: [source]) { ctorch_copy_into($0, source.handle) }
  }
  /// Makes all elements zero.
  public func setZero() { change { ctorch_zero($0) } }
}
