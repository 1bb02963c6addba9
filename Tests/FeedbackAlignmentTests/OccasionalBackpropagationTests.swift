import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Steps by backpropagation within other methods") struct OccasionalBackpropagationTests {
  private func make(_ name: String, anchorEvery: Span = .epochs(1), warmup: Span = .steps(100))
    -> any TrainingMethod
  {
    MethodName(name).make(FeedbackConfiguration(anchorEvery: anchorEvery, warmup: warmup), seed: 2)
  }

  /// The gradients of steps on a network, whose weights move by momentum.
  private func gradients(_ method: any TrainingMethod, steps: Int, _ memory: ActivationMemory = .whole)
    -> [[Tensor?]]
  {
    let model = ToyModel(.threeHidden)
    let optimizer = Optimizer(StochasticGradientDescent(momentum: 0.9), model.store.parameters)
    return (0..<steps).map { number in
      let step = model.step(method, seed: UInt64(number), memory: memory)
      optimizer.update(step.gradients, rate: 0.1)
      return step.gradients.tensors
    }
  }

  @Test(
    "An anchor every step is backpropagation, bit for bit",
    arguments: MethodName.allCases.map { "\($0)+anchors" } + ["ridge"], ActivationMemory.allCases)
  func everyStep(_ name: String, _ memory: ActivationMemory) {
    let found = gradients(make(name, anchorEvery: .steps(1)), steps: 5, memory)
    let expected = gradients(Backpropagation(), steps: 5)
    #expect(zip(found, expected).allSatisfy { areEqual($0, $1) })
  }

  @Test(
    "The first step alone is an anchor where the span is longer than the training; then the method goes on",
    arguments: MethodName.allCases.map(\.rawValue), [Span.epochs(1), .steps(50)])
  func longSpan(_ name: String, _ span: Span) {
    /// Backpropagation once, and then another method.
    final class Switch: TrainingMethod {
      let methods: [any TrainingMethod]
      var steps = 0
      init(_ methods: [any TrainingMethod]) { self.methods = methods }
      func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
        defer { steps += 1 }
        return try methods[min(steps, 1)].step(context, loss: loss)
      }
    }
    let anchored = make(name + "+anchors", anchorEvery: span)
    let expected = gradients(Switch([Backpropagation(), make(name, anchorEvery: span)]), steps: 5)
    #expect(zip(gradients(anchored, steps: 5), expected).allSatisfy { areEqual($0, $1) })
    #expect(anchored.counts["stepsByBP"] == (name == "ridge" ? 2 : 1))
  }

  @Test("Anchors come at the beginning of each span, a warm-up before the first step of the method")
  func turns() throws {
    func isByBP(_ name: String) throws -> [Bool] {
      let method = make(name, anchorEvery: .epochs(1), warmup: .steps(2))
      try method.prepare(stepsPerEpoch: 3)
      // Shallow training sends the first layer nothing.
      return gradients(method, steps: 8).map { $0[0] != nil }
    }
    let (yes, no) = (true, false)
    #expect(try isByBP("shallow+anchors") == [yes, no, no, yes, no, no, yes, no])
    #expect(try isByBP("shallow+warmup") == [yes, yes, no, no, no, no, no, no])
    #expect(try isByBP("shallow+warmup+anchors") == [yes, yes, no, yes, no, no, yes, no])
  }

  @Test("The steps by backpropagation are counted, also where wrappers are in each other")
  func counts() throws {
    func count(_ name: String, steps: Int) throws -> Int? {
      let method = make(name, anchorEvery: .steps(3), warmup: .steps(2))
      #expect(method.counts.values.allSatisfy { $0 == 0 })
      _ = gradients(method, steps: steps)
      let restored = make(name, anchorEvery: .steps(3), warmup: .steps(2))
      try restored.restore(method.state)
      #expect(restored.counts == method.counts)
      return method.counts["stepsByBP"]
    }
    #expect(try [1, 3, 4, 6, 7].map { try count("dfa+anchors", steps: $0) } == [1, 1, 2, 2, 3])
    #expect(try [1, 2, 5].map { try count("dfa+warmup", steps: $0) } == [1, 2, 2])
    #expect(try count("dfa+warmup+anchors", steps: 8) == 4)
    #expect(try count("ridge", steps: 7) == 3)
    #expect(try count("dfa", steps: 7) == nil)
  }

  @Test("Epochs that training does not have are refused, with the key") func epochs() {
    for (name, key) in [("dfa+anchors", "anchorEvery"), ("fa+warmup", "warmup"), ("ridge", "anchorEvery")] {
      let error = #expect(throws: SettingError.self) {
        try make(name, anchorEvery: .epochs(2), warmup: .epochs(2)).prepare(stepsPerEpoch: nil)
      }
      #expect(error?.key == "feedback.\(key)")
      #expect(throws: Never.self) {
        try make(name, anchorEvery: .steps(2), warmup: .steps(2)).prepare(stepsPerEpoch: nil)
      }
    }
    #expect(throws: Never.self) { try make("dfa").prepare(stepsPerEpoch: nil) }
  }

  @Test("Alignment is that of the method within", arguments: ["dfa", "fa", "fdfa"])
  func alignment(_ name: String) {
    func alignment(_ name: String) -> [PointAlignment] {
      let model = ToyModel(.threeHidden)
      return AlignmentProbe.measure(
        make(name), generator: RandomGenerator(seed: 1), loss: model.loss)
    }
    #expect(!alignment(name).isEmpty)
    #expect(alignment(name + "+anchors+warmup") == alignment(name))
  }

  @Test("A step in micro-batches is one step", arguments: ["dfa+anchors", "kp+warmup", "ridge"])
  func microBatches(_ name: String) {
    func gradients(_ parts: [Range<Int>], fused: Bool) -> [[String: Tensor]] {
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
      let store = ParameterStore(seed: 1)
      let network = ToyMLP(store.root, [6, 8, 12, 5, 3])
      let method = make(name, anchorEvery: .steps(2), warmup: .steps(2))
      var received: [String: Tensor] = [:]
      let gradients = GradientAccumulator(
        store.parameters, handingTo: fused ? { received[$0.path] = $1.tensor } : nil)
      return (0..<4).map { _ in
        for (index, part) in parts.enumerated() {
          gradients.accumulate(isFinal: index == parts.count - 1) {
            let context = StepContext(gradients, generator: RandomGenerator(seed: 1), rate: 0.1)
            _ = method.step(context) { pass in
              let inputs = data.inputs.narrowed(0, start: part.lowerBound, length: part.count)
              let classes = data.classes.narrowed(0, start: part.lowerBound, length: part.count)
              return network(inputs, pass).crossEntropy(classes) * (Double(part.count) / 24)
            }
          }
        }
        if fused { return received }
        let taken = gradients.take()
        return store.parameters.reduce(into: [:]) { $0[$1.path] = taken[$1.path] }
      }
    }
    let whole = gradients([0..<24], fused: false)
    for fused in [false, true] {
      for (found, expected) in zip(gradients([0..<7, 7..<16, 16..<24], fused: fused), whole) {
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (path, gradient) in found {
          #expect(expected[path].map { gradient.relativeDifference(from: $0) < 1e-4 } == true, "\(path)")
        }
      }
    }
  }
}
