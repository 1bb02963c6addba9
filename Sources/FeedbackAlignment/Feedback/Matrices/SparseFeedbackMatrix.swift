import Basics
import Torch

/// A sparse feedback matrix, kept as the compressed rows of its transpose: `e B = (Bᵀ eᵀ)ᵀ`.
struct SparseFeedbackMatrix: FeedbackMatrix {
  /// The names of the tensors in a checkpoint.
  static let parts = [".rowStarts", ".columns", ".values"]

  let tensors: [String: Tensor]
  let device: Device
  private let transposed: SparseMatrix

  /// The elements of ``RegeneratedMatrix`` that are not 0.
  init(drawing draw: FeedbackDraw, density: Double) {
    var (counts, columns, values): ([Tensor], [Tensor], [Tensor]) = ([.zeros([1], dtype: .int64)], [], [])
    for block in draw.blocks {
      let rows = draw.elements(block, density: density).transposed().contiguous()
      let isKept = rows .!= 0
      counts.append(isKept.to(.int64).sum(1))
      columns.append(isKept.nonzeroIndices().selected(1, 1).to(.int32))
      values.append(rows.masked(by: isKept))
    }
    let count = values.reduce(0) { $0 + $1.count }
    require(
      count <= Int(Int32.max),
      "a sparse feedback matrix of \(count) elements is too large to keep; set feedback.storage to regenerated"
    )
    let starts = Tensor.concatenated(counts).cumulativeSum(0).to(.int32)
    let parts = [starts, Tensor.concatenated(columns), Tensor.concatenated(values)].map { $0.to(draw.device) }
    self.init(
      Dictionary(uniqueKeysWithValues: zip(SparseFeedbackMatrix.parts, parts)), errorWidth: draw.errorWidth)
  }

  /// The matrix of a checkpoint.
  init(_ tensors: [String: Tensor], errorWidth: Int) {
    let parts = SparseFeedbackMatrix.parts.map { tensors[$0] ?? .zeros([0]) }
    self.tensors = tensors
    device = parts[2].device
    transposed = SparseMatrix(
      constant: parts[0], columnIndices: parts[1], values: parts[2], columns: errorWidth)
  }

  var errorWidth: Int { transposed.columns }
  var width: Int { transposed.rows }

  func project(_ error: Tensor) -> Tensor {
    transposed.matmul(error.transposed().contiguous()).transposed().contiguous()
  }
}
