import Networks
import Torch

/// Reads a recommender's error at one of the places where it may be read.
struct ErrorReader {
  /// Whose error points receive.
  let output: FeedbackOutput
  /// Where it is read.
  let place: ErrorTensor

  init(_ scope: Scope, _ place: ErrorTensor) {
    (output, self.place) = (FeedbackOutput(scope / place.rawValue), place)
  }

  /// Marks a tensor as the one that is read if this is the place.
  func callAsFunction(_ x: Tensor, as tensor: ErrorTensor, _ pass: Pass) -> Tensor {
    tensor == place ? output(x, pass) : x
  }
}
