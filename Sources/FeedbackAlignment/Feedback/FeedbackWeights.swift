import Basics
import Networks
import Torch

/// Random feedback weights: a tensor of the shape of each weight, drawn when the weight is first met.
struct FeedbackWeights {
  /// Those that have been drawn, by the path of the weight.
  private(set) var tensors: [String: Tensor] = [:]
  private let distribution: FeedbackConfiguration.Distribution
  private let seed: UInt64

  init(_ distribution: FeedbackConfiguration.Distribution, seed: UInt64) {
    self.distribution = distribution
    self.seed = seed
  }

  /// The feedback weight of a weight: elements of the distribution, with the root mean square that the weight had
  /// when it was first met. So signals keep their size from layer to layer as well as backpropagation's do at first.
  mutating func tensor(for weight: Parameter) -> Tensor {
    if let tensor = tensors[weight.path] {
      if tensor.shape != weight.tensor.shape {
        fail(
          "feedback weight of '\(weight.path)'",
          "it is \(tensor.shape), but the weight \(weight.tensor.shape); restore the feedback weights of this network"
        )
      }
      if tensor.device == weight.tensor.device { return tensor }
      // A checkpoint's tensors come on the CPU.
      let own = tensor.to(weight.tensor.device)
      tensors[weight.path] = own
      return own
    }
    // The label is part of the seed: with another one every run would draw other feedback weights.
    let draw = FeedbackDraw(
      seed: derivedSeed(seed, "carrier/" + weight.path), distribution, errorWidth: 1,
      width: weight.tensor.count, divisor: 1, device: weight.tensor.device)
    let scale = weight.tensor.detached().square().mean().sqrt() / draw.rootMeanSquare
    let tensor = DenseMatrix(drawing: draw).matrix.reshaped(weight.tensor.shape) * scale
    tensors[weight.path] = tensor
    return tensor
  }

  /// Takes over the feedback weights of a checkpoint.
  mutating func restore(_ state: [String: Tensor]) { tensors = state.mapValues { $0.cloned() } }
}
