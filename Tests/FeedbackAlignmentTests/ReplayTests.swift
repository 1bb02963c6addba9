import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Replay") struct ReplayTests {
  @Test(
    "On every toy network the loss and gradients are those of the whole graph, bit for bit",
    arguments: NamedMethod.all, ToyNetwork.all)
  func isEqual(_ method: NamedMethod, _ network: ToyNetwork) {
    let whole = ToyModel(network).step(method.make())
    let replayed = ToyModel(network).step(method.make(), memory: .replay)
    #expect(replayed.loss.equals(whole.loss))
    #expect(!replayed.loss.requiresGradient)
    #expect(areEqual(replayed.gradients.tensors, whole.gradients.tensors))
    #expect(replayed.gradients.tensors.allSatisfy { $0?.requiresGradient != true })
  }

  @Test(
    "Ten steps move parameters, running statistics and generators as with the whole graph",
    arguments: NamedMethod.all)
  func trains(_ method: NamedMethod) {
    let models = ActivationMemory.allCases.map { memory in
      let model = ToyModel(.noisy)
      let (method, generator) = (method.make(), RandomGenerator(seed: 3))
      let optimizer = Adam([ParameterGroup(model.store.parameters)])
      for _ in 0..<10 {
        let step = method.step(
          model.store.parameters, generator: generator, memory: memory, loss: { model.loss($0) })
        optimizer.update(step.gradients, rate: 0.01)
      }
      return (model.snapshot(), generator.state)
    }
    #expect(models[0].0.allSatisfy { models[1].0[$0]?.equals($1) == true })
    #expect(models[0].1.equals(models[1].1))
  }

  /// A layer whose output goes on around the point at its end, as in a network with skip connections.
  static let skipping = ToyNetwork("a skip connection around a point") { scope in
    let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
    let (first, second, head) = (
      Linear(scope / "fc1", 6, 8), Linear(scope / "fc2", 8, 8), Linear(scope / "head", 8, 3)
    )
    let output = FeedbackOutput(scope / "output")
    let points = [FeedbackPoint(scope / "fc1", of: output), FeedbackPoint(scope / "fc2", of: output)]
    return { pass in
      let h = first(data.inputs, pass)
      let second = points[1](second(points[0](h.tanh(), pass), pass).tanh() + h, pass)
      return output(head(second, pass), pass).crossEntropy(data.classes)
    }
  }

  @Test("A graph that leads on around a point is differentiated for both", arguments: NamedMethod.all)
  func skips(_ method: NamedMethod) throws {
    let whole = ToyModel(Self.skipping).step(method.make())
    let replayed = ToyModel(Self.skipping).step(method.make(), memory: .replay)
    for (own, other) in zip(replayed.gradients.tensors, whole.gradients.tensors) {
      #expect((own == nil) == (other == nil))
      if let own, let other { #expect(own.relativeDifference(from: other) < 1e-6) }
    }
  }

  @Test(
    "An error thrown in either pass comes out, and parameters still ask for gradients", arguments: [1, 2])
  func errors(_ failing: Int) {
    struct Stop: Error {}
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(seed: 2)
    var passes = 0
    #expect(throws: Stop.self) {
      try method.step(model.store.parameters, generator: RandomGenerator(seed: 1), memory: .replay) { pass in
        passes += 1
        if passes == failing { throw Stop() }
        return model.loss(pass)
      }
    }
    #expect(passes == failing)
    #expect(model.store.parameters.allSatisfy { $0.tensor.requiresGradient })
    #expect(
      areEqual(
        model.step(method, memory: .replay).gradients.tensors,
        ToyModel(.threeHidden).step(DirectFeedbackAlignment(seed: 2)).gradients.tensors))
  }

  @Test("Activations take the memory of one segment, whatever the depth") func memory() async {
    // In a process of its own, because the count of bytes is the process's.
    await #expect(processExitsWith: .success) {
      let whole = [8, 32].map { peak(depth: $0, .whole) }
      let replayed = [8, 32].map { peak(depth: $0, .replay) }
      precondition(whole[1] > 3 * whole[0], "the whole graph grows with depth: \(whole)")
      precondition(Double(replayed[1]) < 1.1 * Double(replayed[0]), "replay does not: \(replayed)")
      precondition(replayed[1] < whole[1] / 5, "\(replayed[1]) of \(whole[1])")
    }
  }
}

/// The most bytes that a step of a perceptron holds above those alive before it.
private func peak(depth: Int, _ memory: ActivationMemory) -> Int {
  let rows = 4096
  let store = ParameterStore(seed: 1)
  let network = ToyMLP(store.root, Array(repeating: 32, count: depth + 1) + [10])
  let inputs = RandomGenerator(seed: 1).normal([rows, 32])
  let classes = Tensor.zeros([rows], dtype: .int64)
  let method = DirectFeedbackAlignment(seed: 2)
  func step() {
    _ = method.step(store.parameters, generator: RandomGenerator(seed: 1), memory: memory) {
      network(inputs, $0).crossEntropy(classes)
    }
  }
  step()
  let before = Device.cpu.allocatedBytes
  Device.cpu.resetPeakBytes()
  step()
  return Device.cpu.peakBytes - before
}
