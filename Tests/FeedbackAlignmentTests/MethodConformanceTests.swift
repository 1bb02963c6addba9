import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("What every training method keeps") struct MethodConformanceTests {
  @Test(
    "On every toy network: the plain loss, gradients of the right shapes, determinism, a loss that falls",
    arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise + NamedMethod.occasional,
    ToyNetwork.all)
  func conforms(_ method: NamedMethod, _ network: ToyNetwork) {
    #expect(checkMethod(network, trainsBelowPoints: method.trainsBelowPoints, method.make) == [])
  }

  @Test("The checker sees gradients that are missing, and a loss that does not fall") func checker() {
    let violations = checkMethod(.oneHidden) { ShallowTraining() }
    #expect(violations.contains("'fc1/weight' gets no gradient"))
    #expect(checkMethod(.oneHidden, rate: -1) { Backpropagation() }.count == 1)
  }

  @Test("A seed gives the same first values, whichever method trains", arguments: ToyNetwork.all)
  func firstValues(_ network: ToyNetwork) {
    let models = (NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise).map { method in
      let model = ToyModel(network, seed: 3)
      let values = model.snapshot()
      _ = model.step(method.make())
      return (model, values)
    }
    for (model, values) in models {
      #expect(values.allSatisfy { models[0].1[$0]?.equals($1) == true })
      #expect(
        model.store.parameters.allSatisfy { values[$0.path]?.equals($0.tensor) == true },
        "a step moves parameters")
    }
  }

  @Test(
    "An error thrown by the loss comes out of the step",
    arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise)
  func errors(_ method: NamedMethod) {
    struct Stop: Error {}
    let model = ToyModel(.oneHidden)
    let method = method.make()
    #expect(throws: Stop.self) {
      try method.step(model.store.parameters, generator: RandomGenerator(seed: 1)) { _ in throw Stop() }
    }
    #expect(model.step(method).loss.isAllFinite)
  }

  @Test(
    "Running statistics move once in a step, as in a plain forward pass",
    arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise, ActivationMemory.allCases)
  func statistics(_ method: NamedMethod, _ memory: ActivationMemory) {
    let (model, plain) = (ToyModel(.noisy), ToyModel(.noisy))
    _ = model.step(method.make(), seed: 5, memory: memory)
    _ = plain.loss(Pass(.training, generator: RandomGenerator(seed: 5)))
    #expect(model["norm/runningMean"].equals(plain["norm/runningMean"]))
    #expect(model["norm/runningVariance"].equals(plain["norm/runningVariance"]))
  }
}
