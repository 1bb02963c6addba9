import Torch

/// Checks the order of the marks of a pass, and changes nothing.
package final class MarkRecorder: FeedbackRecorder {
  private var order = MarkOrder()

  package init() {}

  package func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    order.cross(point)
    return x
  }

  package func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    order.read(output)
    return y
  }

  /// The pass has ended.
  package func finish() { order.finish() }
}
