import Torch

/// Keeps what a network has at its feedback points, and changes nothing.
package final class ActivationRecorder: FeedbackRecorder {
  /// The points in the order in which they were first crossed, with what they had the last time.
  package private(set) var activations: [(point: FeedbackPoint, tensor: Tensor)] = []
  /// The path of the output read last.
  private var output: String?

  package init() {}

  package func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    if let index = activations.firstIndex(where: { $0.point.path == point.path }) {
      activations[index] = (point, x)
    } else {
      activations.append((point, x))
    }
    return x
  }

  package func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    self.output = output.path
    return y
  }

  /// The last point of the output that was read last; the last of all when that output has none.
  package var last: FeedbackPoint? {
    (activations.last { $0.point.output == output } ?? activations.last)?.point
  }

  /// What the network has at a point, row by row; nil when it has no such point.
  ///
  /// **Shape** `[rows, width]`
  package func rows(at path: String) -> Tensor? {
    guard let (point, tensor) = activations.first(where: { $0.point.path == path }) else { return nil }
    let rows = tensor.shape.prefix(point.rowDimensions).reduce(1, *)
    return tensor.reshaped([rows, tensor.shape.dropFirst(point.rowDimensions).reduce(1, *)])
  }
}
