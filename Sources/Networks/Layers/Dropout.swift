import Basics
import Torch

/// Sets elements to zero with a probability and scales the others to keep the mean (Srivastava et al. 2014);
/// in training only.
public struct Dropout: Layer {
  /// The probability in [0, 1] that an element is set to zero.
  public let probability: Double

  /// A layer without parameters.
  public init(_ probability: Double) {
    require((0...1).contains(probability), "a dropout probability lies in 0...1, not \(probability)")
    self.probability = probability
  }

  /// `x` with elements dropped; `x` itself outside training.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    pass.isTraining && probability > 0 ? x.dropout(probability, pass.generator) : x
  }
}
