import FeedbackAlignment
import Networks
import Torch

/// Checks what every training method must keep on a network: its loss is that of the plain forward pass, its
/// gradients have the shapes of their parameters and hold no NaN, it is given by seeds alone, and training
/// with it lowers the loss.
/// - Parameters:
///   - network: The network.
///   - device: Where it is trained.
///   - rate: The learning rate of the 30 steps of gradient descent.
///   - mayRaiseLoss: Whether the method does not look at how wrong the output is, so that the loss may rise.
///   - trainsBelowPoints: False for a method that leaves alone what lies below points: then it is enough that
///     the loss does not rise.
///   - make: Makes the method.
/// - Returns: What is wrong, empty when all is well.
package func checkMethod(
  _ network: ToyNetwork, on device: Device = .cpu, rate: Double = 0.1, trainsBelowPoints: Bool = true,
  mayRaiseLoss: Bool = false,
  _ make: () -> any TrainingMethod
) -> [String] {
  var violations: [String] = []
  func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { violations.append(message()) }
  }
  let model = ToyModel(network, device: device)
  let plain = ToyModel(network, device: device).loss(Pass(.training, generator: model.generator(seed: 5)))
    .detached()
  let step = model.step(make())
  expect(step.loss.isAllFinite, "the loss is \(step.loss)")
  expect(step.loss.equals(plain), "the loss is \(step.loss), in a plain pass \(plain)")
  expect(!step.loss.requiresGradient, "the loss is on the graph")
  expect(step.gradients.tensors.count == model.store.parameters.count, "not every parameter has its place")
  for (parameter, gradient) in zip(model.store.parameters, step.gradients.tensors) {
    guard let gradient else {
      expect(!trainsBelowPoints, "'\(parameter.path)' gets no gradient")
      continue
    }
    expect(
      gradient.shape == parameter.tensor.shape, "the gradient of '\(parameter.path)' is \(gradient.shape)")
    expect(
      gradient.dtype == parameter.tensor.dtype, "the gradient of '\(parameter.path)' is \(gradient.dtype)")
    expect(gradient.isAllFinite, "the gradient of '\(parameter.path)' holds NaN or infinity")
    expect(!gradient.requiresGradient, "the gradient of '\(parameter.path)' is on the graph")
  }
  let again = ToyModel(network, device: device).step(make())
  expect(again.loss.equals(step.loss), "the loss is not given by the seeds")
  expect(
    areEqual(again.gradients.tensors, step.gradients.tensors), "the gradients are not given by the seeds")

  let trained = ToyModel(network, device: device)
  let before = trained.loss()
  trained.train(make(), steps: 30, rate: rate)
  let after = trained.loss()
  expect(
    mayRaiseLoss || (trainsBelowPoints ? after < before : after <= before),
    "30 steps take the loss from \(before) to \(after)")
  return violations
}
