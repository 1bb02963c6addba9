import Torch

/// A feedback matrix of blocks `diag(s_k) H_n`, of which only the signs s_k are kept, or drawn anew.
///
/// n is the power of two at or above the error's width m; only the first m signs of a block, and rows of H_n,
/// meet an error. Stored and regenerated projections are equal bit for bit.
struct HadamardMatrix: FeedbackMatrix {
  private let draw: FeedbackDraw
  /// `int8`; nil where they are drawn for each projection.
  ///
  /// **Shape** `[blocks, errorWidth]`
  private let signs: Tensor?

  /// Drawn now when `isStored`, else for each projection.
  init(_ draw: FeedbackDraw, isStored: Bool) {
    self.draw = draw
    signs = isStored ? HadamardMatrix.signs(draw, 0..<draw.hadamardBlocks).to(.int8, draw.device) : nil
  }

  /// The signs of a checkpoint, `[blocks, errorWidth]` as the draw says.
  init(_ draw: FeedbackDraw, _ signs: Tensor) {
    self.draw = draw
    self.signs = signs
  }

  private static func signs(_ draw: FeedbackDraw, _ blocks: Range<Int>) -> Tensor {
    draw.generator.block(.sign, rows: blocks, columns: 0..<draw.errorWidth)
  }

  var device: Device { draw.device }
  var errorWidth: Int { draw.errorWidth }
  var width: Int { draw.width }
  var tensors: [String: Tensor] { signs.map { ["": $0] } ?? [:] }

  func project(_ error: Tensor) -> Tensor {
    let (rows, n) = (error.shape[0], draw.hadamardSize)
    let scaled = (error * draw.rootMeanSquare).unsqueezed(1)
    let result = Tensor.zeros([rows, width], device: device)
    // As many blocks at a time as fit where a block of columns would.
    let count = max(draw.blockBytes / (4 * n * max(rows, 1)), 1)
    for first in stride(from: 0, to: draw.hadamardBlocks, by: count) {
      let blocks = first..<min(first + count, draw.hadamardBlocks)
      let signs =
        signs?.narrowed(0, start: first, length: blocks.count).to(.float32)
        ?? HadamardMatrix.signs(draw, blocks).to(device)
      let padded = Tensor.zeros([rows, blocks.count, n], device: device)
      padded.narrowed(2, start: 0, length: errorWidth).copy(from: scaled * signs)
      let transformed = padded.walshHadamard().reshaped([rows, blocks.count * n])
      let length = min(blocks.count * n, width - first * n)
      result.narrowed(1, start: first * n, length: length)
        .copy(from: transformed.narrowed(1, start: 0, length: length))
    }
    return result
  }
}

extension FeedbackDraw {
  /// The size n of a block of a ``HadamardMatrix``.
  var hadamardSize: Int {
    var size = 1
    while size < errorWidth { size *= 2 }
    return size
  }

  /// The blocks of a ``HadamardMatrix``; the last may be cut.
  var hadamardBlocks: Int { (width + hadamardSize - 1) / hadamardSize }
}
