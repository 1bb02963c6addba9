import Networks
import Torch

/// Checks what every layer must keep: the paths of its parameters, the shape of its output, gradients that
/// agree with differences in both modes, and evaluation that is deterministic and changes nothing.
/// - Parameters:
///   - inputShape: The shape of the input, which is drawn normal.
///   - outputShape: The expected shape of the output.
///   - parameters: The expected paths of parameters, in order, below the layer's scope.
///   - buffers: The expected paths of buffers.
///   - seed: Of the parameters, the input and the random layers.
///   - make: Makes the layer in a scope.
/// - Returns: What is wrong, empty when all is well.
package func checkLayer<L: Layer>(
  inputShape: [Int], outputShape: [Int], parameters: [String] = [], buffers: [String] = [], seed: UInt64 = 1,
  _ make: (Scope) -> L
) -> [String] {
  let store = ParameterStore(seed: seed)
  let layer = make(store.root / "layer")
  var violations: [String] = []
  func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { violations.append(message()) }
  }
  let (foundParameters, foundBuffers) = (store.parameters.map(\.path), store.buffers.map(\.path))
  expect(foundParameters == parameters.map { "layer/" + $0 }, "the parameters are \(foundParameters)")
  expect(foundBuffers == buffers.map { "layer/" + $0 }, "the buffers are \(foundBuffers)")
  expect(store.parameters.allSatisfy(\.tensor.requiresGradient), "a parameter does not require a gradient")
  expect(!store.buffers.contains(where: \.tensor.requiresGradient), "a buffer requires a gradient")

  let x = RandomGenerator(seed: seed &+ 1).normal(inputShape)
  func output(_ x: Tensor, _ mode: Pass.Mode, seed: UInt64) -> Tensor {
    layer(x, Pass(mode, generator: RandomGenerator(seed: seed)))
  }
  let before = store.tensors.mapValues { $0.cloned() }
  let evaluated = output(x, .evaluation, seed: 2)
  expect(evaluated.shape == outputShape, "the output is \(evaluated.shape)")
  expect(output(x, .evaluation, seed: 3).equals(evaluated), "evaluation is not deterministic")
  expect(
    store.tensors.allSatisfy { before[$0]?.equals($1) == true }, "evaluation changes a parameter or buffer")
  let trained = output(x, .training, seed: 2)
  expect(trained.shape == outputShape, "the output is \(trained.shape) in training")
  expect(output(x, .training, seed: 2).equals(trained), "training is not given by the state of the generator")
  expect(
    store.parameters.allSatisfy { before[$0.path]?.equals($0.tensor) == true },
    "the forward pass changes a parameter")

  // Parameters are float32, so steps are wide and the tolerance is loose; the operations themselves are
  // checked in float64.
  let input = x.cloned().requiringGradient()
  for mode in [Pass.Mode.evaluation, .training] {
    violations += checkGradients(by: [input] + store.parameters.map(\.tensor), step: 5e-3, tolerance: 2e-3) {
      output(input, mode, seed: 2)
    }.map { "in \(mode.rawValue), with the input as leaf 0: \($0)" }
  }
  return violations
}
