import Torch

/// A mark in a network: "the error is read here".
///
/// The error is the gradient of the loss with respect to the tensor at this place. All points that name the output share
/// one feedback matrix. What lies above the output, and between it and the last point below, is trained with
/// its true gradient.
public struct FeedbackOutput: Sendable {
  /// The path of the output in the network.
  public let path: String
  /// How many leading dimensions count rows (samples, nodes, tokens); the others make the error's width.
  package let rowDimensions: Int

  /// An output at `scope`.
  public init(_ scope: Scope, rowDimensions: Int = 1) {
    scope.store.addOutput(scope.path)
    path = scope.path
    self.rowDimensions = rowDimensions
  }

  /// Marks that the error is read at `y`.
  public func callAsFunction(_ y: Tensor, _ pass: Pass) -> Tensor { pass.recorder?.reading(self, y) ?? y }
}
