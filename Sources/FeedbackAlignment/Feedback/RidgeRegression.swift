import Torch

/// A regression of backpropagation's signals at a point on the errors at its output, over the batches of a step.
struct RidgeRegression {
  private var errors: [Tensor] = []
  private var signals: [Tensor] = []

  /// Adds the rows of a batch.
  ///
  /// A point may have several rows for one of the error, each of which receives it divided by the square root of their
  /// number r: together they fit a matrix as one row does, with the sum of their signals divided by √r.
  /// - Parameters:
  ///   - error: The errors; `[rows, E]` in rows of their output.
  ///   - signal: The signals; `[rows * r, width]` in rows of the point.
  mutating func add(_ error: OutputGradient, _ signal: Tensor, width: Int) {
    let repeats = signal.count / max(error.rows * width, 1)
    errors.append(error.gradient.reshaped([-1, error.width]).to(.float64))
    signals.append(
      signal.reshaped([error.rows, repeats, width]).to(.float64).sum(1) / Double(repeats).squareRoot())
  }

  /// The change of a matrix B to the minimum of `sum over rows |e B' - c|² + λ |B' - B|²`: where errors say nothing, B
  /// stays as it is.
  ///
  /// With `S = EᵀE`, `λ = ridge trace(S) / errorWidth`. Solved in the narrower of rows and error, in double precision.
  ///
  /// **Shape** `[errorWidth, width]` to the same
  func change(of matrix: Tensor, ridge: Double) -> Tensor {
    let (e, c) = (Tensor.concatenated(errors), Tensor.concatenated(signals))
    let (rows, width) = (e.shape[0], e.shape[1])
    let residual = c - e.matmul(matrix.to(.float64, e.device))
    // Errors that are all zero change nothing: the smallest penalty keeps the solution finite.
    let penalty = e.square().sum() * (ridge / Double(width)) + 1e-300
    func penalised(_ x: Tensor) -> Tensor {
      x + Tensor.identity(x.shape[0], dtype: .float64, device: x.device) * penalty
    }
    let (et, isWide) = (e.transposed(), width > rows)
    let change =
      isWide
      ? et.matmul(penalised(e.matmul(et)).solving(residual))
      : penalised(et.matmul(e)).solving(et.matmul(residual))
    return change.to(matrix.dtype, matrix.device)
  }
}
