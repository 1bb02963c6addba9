import FeedbackAlignment
import Networks
import Torch

/// A toy network with parameters of its own.
package final class ToyModel {
  /// The parameters.
  package let store: ParameterStore
  private let network: (Pass) -> Tensor

  /// The network with the parameters of a seed, on a device.
  package init(_ network: ToyNetwork, seed: UInt64 = 1, device: Device = .cpu) {
    store = ParameterStore(seed: seed, device: device)
    self.network = network.build(store.root)
  }

  /// Parameters and buffers by path.
  package subscript(path: String) -> Tensor {
    guard let tensor = store.tensors[path] else {
      fatalError("no '\(path)' in \(store.tensors.keys.sorted())")
    }
    return tensor
  }

  /// The loss in a pass.
  package func loss(_ pass: Pass) -> Tensor { network(pass) }

  /// The loss in evaluation.
  package func loss() -> Double {
    withoutGradient { network(Pass(.evaluation, generator: generator(seed: 0))).item }
  }

  /// What a method makes of the present parameters; `seed` is that of dropout.
  package func step(
    _ method: any TrainingMethod, seed: UInt64 = 5, memory: ActivationMemory = .whole
  ) -> TrainingStep {
    method.step(store.parameters, generator: generator(seed: seed), memory: memory, loss: network)
  }

  /// A generator on the model's device.
  package func generator(seed: UInt64) -> RandomGenerator {
    RandomGenerator(seed: seed, device: store.device)
  }

  /// Steps of stochastic gradient descent; each draws its dropout from its number.
  package func train(_ method: any TrainingMethod, steps: Int, rate: Double, momentum: Double = 0) {
    let optimizer = Optimizer(StochasticGradientDescent(momentum: momentum), store.parameters)
    for number in 0..<steps { optimizer.update(step(method, seed: UInt64(number)).gradients, rate: rate) }
  }

  /// Copies of the present values by path.
  package func snapshot() -> [String: Tensor] { store.tensors.mapValues { $0.detached().cloned() } }
}
