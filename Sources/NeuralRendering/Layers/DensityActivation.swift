import Networks
import Torch

/// What makes a density, which is at least 0, of a network's raw output.
public enum DensityActivation: String, NamedChoice {
  /// max(0, x) (Mildenhall et al. 2020). A network whose outputs are all negative gets no gradient any more: it has collapsed.
  case relu
  /// log(1 + exp(x - 1)), whose gradient is nowhere zero (Barron et al. 2021, mip-NeRF, section 3).
  case shiftedSoftplus

  /// Whether the last sample of a ray stands for everything behind it. It may where a density can be 0; elsewhere every ray would end
  /// in it, and nothing would be seen of the background.
  var reachesInfinity: Bool { self == .relu }

  /// The density.
  func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .relu: x.relu()
    case .shiftedSoftplus: (x - 1).softplus()
    }
  }
}
