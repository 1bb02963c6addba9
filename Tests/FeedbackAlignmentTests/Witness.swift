import FeedbackAlignment
import Networks
import Torch

/// A recorder that cuts nothing and notes the tensors that cross points.
final class Witness: FeedbackRecorder {
  private(set) var crossed: [(path: String, tensor: Tensor)] = []

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    crossed.append((point.path, x))
    return x
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { y }
}
