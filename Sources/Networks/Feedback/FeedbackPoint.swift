import Torch

/// A mark in a network: "a layer ends here".
///
/// Backpropagation ignores it. Direct feedback alignment cuts the graph there and sends a projection of the
/// error of the point's ``FeedbackOutput`` to what lies below (Launay et al. 2020, eq. 3).
public struct FeedbackPoint: Sendable {
  /// How fine a part of the network ends at a point.
  public enum Level: String, NamedChoice {
    /// A block of layers, such as a Transformer layer ("macro" in the 2020 paper, section 3.3).
    case block
    /// A single layer ("micro").
    case layer
  }

  /// The path of the point in the network.
  public let path: String
  /// The path of the output whose error the point receives.
  package let output: String
  /// How fine a part ends here.
  package let level: Level
  /// Whether the point receives a signal; otherwise the graph is only cut.
  package let receivesFeedback: Bool
  /// How many leading dimensions count rows (samples, nodes, tokens); the others make the point's width.
  package let rowDimensions: Int

  /// A point at the end of `scope`.
  /// - Parameters:
  ///   - scope: Names the point.
  ///   - output: Whose error it receives.
  ///   - level: How fine a part ends here.
  ///   - receivesFeedback: False for a plain cut.
  ///   - rowDimensions: Leading dimensions that count rows; the output's when not given.
  public init(
    _ scope: Scope, of output: FeedbackOutput, level: Level = .layer, receivesFeedback: Bool = true,
    rowDimensions: Int? = nil
  ) {
    scope.store.addPoint(scope.path)
    path = scope.path
    self.output = output.path
    self.level = level
    self.receivesFeedback = receivesFeedback
    self.rowDimensions = rowDimensions ?? output.rowDimensions
  }

  /// Marks that a layer ends with `x`.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { pass.recorder?.crossing(self, x) ?? x }
}
