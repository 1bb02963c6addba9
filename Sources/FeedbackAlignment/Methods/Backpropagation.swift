import Networks
import Torch

/// Backpropagation (BP): every parameter gets the gradient of the loss; points and outputs have no effect.
///
/// **Source** Launay et al. 2020, eq. 2.
public final class Backpropagation: TrainingMethod {
  /// The method has no settings.
  public init() {}

  /// The gradients of the loss.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let marks = MarkRecorder()
    let loss = try loss(Pass(.training, generator: context.generator, recorder: marks))
    marks.finish()
    context.gradients.traverse(loss: loss)
    return loss.detached()
  }
}

extension MethodName {
  /// ``Backpropagation``
  public static let bp = MethodName("bp")
}

extension Backpropagation {
  /// The row of the method.
  public static let description = MethodDescription(
    .bp, title: "BP", reference: "Rumelhart, Hinton and Williams 1986",
    summary: "the true gradient, sent down through every layer", tuning: .bp
  ) { _, _ in Backpropagation() }
}
