import Torch

/// A feedback matrix of signs, kept in a byte each or drawn anew, a block of columns at a time.
///
/// Stored and regenerated projections are equal bit for bit: both multiply the same blocks.
struct SignMatrix: FeedbackMatrix {
  private let draw: FeedbackDraw
  /// `int8`; nil where they are drawn for each projection.
  ///
  /// **Shape** `[errorWidth, width]`
  private let signs: Tensor?

  /// Drawn now when `isStored`, else for each projection.
  init(_ draw: FeedbackDraw, isStored: Bool) {
    self.draw = draw
    guard isStored else {
      signs = nil
      return
    }
    let signs = Tensor.zeros([draw.errorWidth, draw.width], dtype: .int8, device: draw.device)
    for columns in draw.blocks {
      signs.narrowed(1, start: columns.lowerBound, length: columns.count)
        .copy(from: SignMatrix.block(draw, columns))
    }
    self.signs = signs
  }

  /// The signs of a checkpoint, `[errorWidth, width]` as the draw says.
  init(_ draw: FeedbackDraw, _ signs: Tensor) {
    self.draw = draw
    self.signs = signs
  }

  private static func block(_ draw: FeedbackDraw, _ columns: Range<Int>) -> Tensor {
    draw.generator.block(.sign, rows: 0..<draw.errorWidth, columns: columns)
  }

  var device: Device { draw.device }
  var errorWidth: Int { draw.errorWidth }
  var width: Int { draw.width }
  var tensors: [String: Tensor] { signs.map { ["": $0] } ?? [:] }

  func project(_ error: Tensor) -> Tensor {
    draw.project(error * draw.rootMeanSquare) { columns in
      signs?.narrowed(1, start: columns.lowerBound, length: columns.count).to(.float32)
        ?? SignMatrix.block(draw, columns)
    }
  }
}
