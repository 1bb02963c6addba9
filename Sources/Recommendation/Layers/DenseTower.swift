import Networks
import Torch

/// Dense layers one above the other, each `dropout(relu(norm(W x + b)))`, which ends at a feedback point.
///
/// **Shape** `[B, inputs]` to `[B, outputs]`. The last layer's point ends a block (macro placement) unless told otherwise; it is
/// left out where the error is read there.
public struct DenseTower: Layer {
  private struct Block {
    let linear: Linear
    let norm: BatchNorm?
    let dropout: Dropout
    let point: FeedbackPoint?
  }

  private let blocks: [Block]
  /// The width of the last layer; that of the inputs where there is none.
  public let outputs: Int
  /// Whether there is no layer.
  public var isEmpty: Bool { blocks.isEmpty }

  /// A tower with the parameters `hidden1/weight`, ... in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - inputs: The width of a row.
  ///   - settings: The layers.
  ///   - start: How they start.
  ///   - output: Whose error the points receive.
  ///   - end: The level of the last layer's point; nil for none.
  public init(
    _ scope: Scope, _ inputs: Int, _ settings: TowerSettings, _ start: StartingWeights,
    of output: FeedbackOutput, end: FeedbackPoint.Level? = .block
  ) {
    let widths = [inputs] + settings.hidden
    outputs = widths[widths.count - 1]
    blocks = (1..<widths.count).map { index in
      let (part, isLast) = (scope / "hidden\(index)", index == widths.count - 1)
      return Block(
        linear: start.linear(part / "linear", widths[index - 1], widths[index]),
        norm: settings.batchNorm ? BatchNorm(part / "norm", widths[index]) : nil,
        dropout: Dropout(settings.dropout),
        point: (isLast ? end : .layer).map { FeedbackPoint(part, of: output, level: $0) })
    }
  }

  /// What the last layer gives.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    blocks.reduce(x) { x, block in
      let products = block.linear(x, pass)
      let hidden = block.dropout((block.norm?(products, pass) ?? products).relu(), pass)
      return block.point?(hidden, pass) ?? hidden
    }
  }
}
