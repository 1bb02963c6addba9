import Networks
import Torch

/// Backpropagation (BP): every parameter gets the derivative of the loss; points and outputs do nothing.
///
/// **Source** Launay et al. 2020, eq. 2.
public final class Backpropagation: TrainingMethod {
  /// The method has no settings.
  public init() {}

  /// The derivatives of the loss.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let loss = try loss(Pass(.training, generator: context.generator))
    context.gradients.traverse(loss: loss)
    return loss.detached()
  }
}
