import Basics
import Networks
import Torch

/// Random tensors, one of the shape of each weight, drawn when the weight is first met.
struct CarrierTensors {
  /// Those that have been drawn, by the path of the weight.
  private(set) var tensors: [String: Tensor] = [:]
  private let distribution: FeedbackConfiguration.Distribution
  private let seed: UInt64

  init(_ distribution: FeedbackConfiguration.Distribution, seed: UInt64) {
    self.distribution = distribution
    self.seed = seed
  }

  /// The tensor of a weight: elements of the distribution, with the root mean square that the weight had when it
  /// was first met. So signals keep their size from layer to layer as well as backpropagation's do at first.
  mutating func tensor(of weight: Parameter) -> Tensor {
    if let tensor = tensors[weight.path] {
      if tensor.shape != weight.tensor.shape {
        fail(
          "feedback tensor of '\(weight.path)'",
          "the tensor is \(tensor.shape), but the weight \(weight.tensor.shape); give the tensors of this network"
        )
      }
      if tensor.device == weight.tensor.device { return tensor }
      // A checkpoint's tensors come on the CPU.
      let own = tensor.to(weight.tensor.device)
      tensors[weight.path] = own
      return own
    }
    let draw = FeedbackDraw(
      seed: derivedSeed(seed, "carrier/" + weight.path), distribution, errorWidth: 1,
      width: weight.tensor.count, divisor: 1, device: weight.tensor.device)
    let scale = weight.tensor.detached().square().mean().sqrt() / draw.rootMeanSquare
    let tensor = DenseMatrix(drawing: draw).matrix.reshaped(weight.tensor.shape) * scale
    tensors[weight.path] = tensor
    return tensor
  }

  /// Takes over the tensors of a checkpoint.
  mutating func restore(_ state: [String: Tensor]) { tensors = state.mapValues { $0.cloned() } }
}
