import Networks
import Torch

/// Backpropagation (BP): every parameter gets the derivative of the loss; points and outputs do nothing.
///
/// **Source** Launay et al. 2020, eq. 2.
public final class Backpropagation: TrainingMethod {
  /// The method has no settings.
  public init() {}

  /// The derivatives of the loss.
  public func step(
    _ parameters: [Parameter], generator: RandomGenerator, loss: (Pass) throws -> Tensor
  ) rethrows -> TrainingStep {
    let loss = try loss(Pass(.training, generator: generator))
    return TrainingStep(
      loss: loss.detached(),
      gradients: Gradients(parameters, gradients(of: [loss], for: parameters.map(\.tensor))))
  }
}
