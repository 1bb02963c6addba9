import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Fused updates and micro-batches") struct GradientAccumulatorTests {
  private enum Rule: CaseIterable {
    case momentum, adam

    func make(_ parameters: [Parameter]) -> Optimizer {
      switch self {
      case .momentum:
        Optimizer(StochasticGradientDescent(momentum: 0.9), parameters, weightDecay: 0.01)
      case .adam: Optimizer(Adam(), parameters)
      }
    }
  }

  /// The network after steps of gradient descent, and how many gradients were handed over early.
  private func train(
    _ network: ToyNetwork, _ method: any TrainingMethod, _ memory: ActivationMemory, _ rule: Rule, fused: Bool
  ) -> (weights: [String: Tensor], early: Int) {
    let model = ToyModel(network)
    let optimizer = rule.make(model.store.parameters)
    let generator = RandomGenerator(seed: 3)
    var (isInStep, early) = (false, 0)
    let gradients =
      fused
      ? GradientAccumulator(model.store.parameters) { parameter, gradient in
        early += isInStep ? 1 : 0
        optimizer.update(Gradients([parameter], [gradient]), rate: 0.01)
      } : GradientAccumulator(model.store.parameters)
    for _ in 0..<4 {
      gradients.accumulate {
        isInStep = true
        _ = method.step(StepContext(gradients, generator: generator, memory: memory, rate: 0.1)) {
          model.loss($0)
        }
        isInStep = false
      }
      if !fused { optimizer.update(gradients.take(), rate: 0.01) }
    }
    return (model.snapshot(), early)
  }

  @Test(
    "A fused update gives the weights of a joint one, bit for bit",
    arguments: NamedMethod.all + NamedMethod.occasional,
    ToyNetwork.all
  )
  func fused(_ method: NamedMethod, _ network: ToyNetwork) {
    for memory in ActivationMemory.allCases {
      for rule in Rule.allCases {
        let joint = train(network, method.make(), memory, rule, fused: false).weights
        let (weights, early) = train(network, method.make(), memory, rule, fused: true)
        #expect(joint.allSatisfy { weights[$0]?.equals($1) == true }, "\(memory), \(rule)")
        #expect(early > 0, "\(memory), \(rule): no gradient was handed over before the step's end")
      }
    }
  }

  @Test("From the second step on, every gradient is handed over during the step") func early() {
    let model = ToyModel(.threeHidden)
    for (method, memory) in [
      (Backpropagation() as any TrainingMethod, ActivationMemory.whole),
      (DirectFeedbackAlignment(seed: 2), .whole), (DirectFeedbackAlignment(seed: 2), .replay),
    ] {
      let result = train(.threeHidden, method, memory, .adam, fused: true)
      #expect(result.early == 3 * model.store.parameters.count)
    }
  }

  @Test("A parameter that is updated before its last gradient ends the process") func late() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let store = ParameterStore(seed: 1)
      let weight = store.root.parameter("w", [4, 4], .uniform(fanIn: 4))
      let output = FeedbackOutput(store.root / "y")
      let points = (0..<2).map { FeedbackPoint(store.root / "h\($0)", of: output) }
      let gradients = GradientAccumulator(store.parameters) { parameter, gradient in
        parameter.tensor.add(gradient.tensor, scale: -0.1)
      }
      let x = RandomGenerator(seed: 1).normal([3, 4])
      for uses in [1, 2] {
        gradients.accumulate {
          let context = StepContext(
            gradients, generator: RandomGenerator(seed: 1), memory: .replay, rate: 0.1)
          _ = DirectFeedbackAlignment(seed: 2).step(context) { pass in
            var h = points[0](x.linear(weight: weight.tensor), pass)
            h = uses == 1 ? h : h.linear(weight: weight.tensor)
            return output(points[1](h * 2, pass), pass).square().sum()
          }
        }
      }
    }
    #expect(result.message.contains("'w' was updated before the last of its gradients"), "\(result.message)")
  }

  @Test(
    "Weighted micro-batches add up to the gradients of the batch", arguments: NamedMethod.all,
    ActivationMemory.allCases)
  func microBatches(_ method: NamedMethod, _ memory: ActivationMemory) throws {
    let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
    let store = ParameterStore(seed: 1)
    let network = ToyMLP(store.root, [6, 8, 12, 5, 3])
    let method = method.make()
    func accumulate(_ parts: [Range<Int>]) -> Gradients {
      let gradients = GradientAccumulator(store.parameters)
      for (index, part) in parts.enumerated() {
        gradients.accumulate(isFinal: index == parts.count - 1) {
          let context = StepContext(gradients, generator: RandomGenerator(seed: 1), memory: memory, rate: 0.1)
          _ = method.step(context) { pass in
            let inputs = data.inputs.narrowed(0, start: part.lowerBound, length: part.count)
            let classes = data.classes.narrowed(0, start: part.lowerBound, length: part.count)
            return network(inputs, pass).crossEntropy(classes) * (Double(part.count) / 24)
          }
        }
      }
      return gradients.take()
    }
    let (whole, parts) = (accumulate([0..<24]), [0..<7, 7..<16, 16..<24])
    let accumulated = accumulate(parts)
    // The sum itself is exact: it is that of the parts taken one by one.
    let single = parts.map { accumulate([$0]).tensors }
    for index in store.parameters.indices {
      let gradient = accumulated.tensors[index]
      #expect((gradient == nil) == (whole.tensors[index] == nil))
      guard let gradient else { continue }
      #expect(gradient.relativeDifference(from: try #require(whole.tensors[index])) < 1e-5)
      let sum = try single.dropFirst().reduce(#require(single[0][index])) { try $0 + #require($1[index]) }
      #expect(gradient.equals(sum))
    }
  }
}
