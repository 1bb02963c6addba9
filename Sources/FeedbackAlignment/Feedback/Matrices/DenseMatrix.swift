import Torch

/// A feedback matrix that is kept as it is multiplied: of independent elements, orthogonal, or given.
struct DenseMatrix: FeedbackMatrix {
  /// **Shape** `[errorWidth, width]`
  let matrix: Tensor

  init(_ matrix: Tensor) { self.matrix = matrix }

  /// No feedback.
  init(zero draw: FeedbackDraw) { matrix = .zeros([draw.errorWidth, draw.width], device: draw.device) }

  /// The identity of ``IdentityMatrix``, as numbers that may be changed.
  init(identity draw: FeedbackDraw) {
    matrix = IdentityMatrix(draw).project(.identity(draw.errorWidth, device: draw.device)).contiguous()
  }

  /// Independent elements: the blocks of ``RegeneratedMatrix``, side by side.
  init(drawing draw: FeedbackDraw) {
    matrix = .zeros([draw.errorWidth, draw.width], device: draw.device)
    for columns in draw.blocks {
      matrix.narrowed(1, start: columns.lowerBound, length: columns.count).copy(from: draw.elements(columns))
    }
  }

  /// Orthonormal rows or columns, whichever are fewer, times what gives the elements the root mean square of
  /// the distribution.
  init(orthogonal draw: FeedbackDraw) {
    let (long, short) = (max(draw.width, draw.errorWidth), min(draw.width, draw.errorWidth))
    let normal = draw.generator.block(.normal, rows: 0..<short, columns: 0..<long).to(draw.device)
    let columns =
      normal.transposed().orthonormalColumns() * (draw.rootMeanSquare * Double(long).squareRoot())
    matrix = (draw.width == long ? columns.transposed() : columns).contiguous()
  }

  var dtype: DType { matrix.dtype }
  var device: Device { matrix.device }
  var errorWidth: Int { matrix.shape[0] }
  var width: Int { matrix.shape[1] }
  var tensors: [String: Tensor] { ["": matrix] }

  func project(_ error: Tensor) -> Tensor { error.matmul(matrix) }
}
