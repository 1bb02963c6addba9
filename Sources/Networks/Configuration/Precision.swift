import Torch

/// What a network computes in while it trains; parameters, their gradients and the optimizer are always single
/// precision.
public enum Precision: String, NamedChoice {
  /// Single precision throughout.
  case float32
  /// Matrix products and convolutions, forward and for gradients, in bfloat16 (8 bits of exponent, 8 of
  /// significand), from single-precision master weights (Micikevicius et al. 2018).
  case bfloat16

  /// Runs a forward pass in the precision.
  package func run<Result>(on device: Device, _ body: () throws -> Result) rethrows -> Result {
    switch self {
    case .float32: try body()
    case .bfloat16: try withAutocast(to: .bfloat16, on: device, body)
    }
  }
}
