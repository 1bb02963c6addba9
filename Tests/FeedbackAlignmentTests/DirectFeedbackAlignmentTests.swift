import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Direct feedback alignment") struct DirectFeedbackAlignmentTests {
  /// The numbers of the toy data, as the networks draw them.
  private let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)

  /// Equation 3 by hand, in float64: the gradients of a tanh perceptron with layers `fc1`, ..., `head` from
  /// the feedback matrix of each layer, `[error width, layer width]`.
  private func closedForm(_ model: ToyModel, _ matrices: [Tensor]) -> [String: Tensor] {
    func value(_ path: String) -> Tensor { model[path].detached().to(.float64) }
    var h = [data.inputs.to(.float64)]
    for layer in 1...matrices.count {
      let a = h[layer - 1].matmul(value("fc\(layer)/weight").transposed()) + value("fc\(layer)/bias")
      h.append(a.tanh())
    }
    let y = h[matrices.count].matmul(value("head/weight").transposed()) + value("head/bias")
    let e = (y.softmax(1) - data.classes.oneHot(classes: 3).to(.float64)) / 24
    var result = ["head/weight": e.transposed().matmul(h[matrices.count]), "head/bias": e.sum(0)]
    for (index, matrix) in matrices.enumerated() {
      // (B e) ⊙ f'(a), with tanh' = 1 - tanh².
      let delta = e.matmul(matrix.to(.float64)) * (-h[index + 1].square() + 1)
      result["fc\(index + 1)/weight"] = delta.transposed().matmul(h[index])
      result["fc\(index + 1)/bias"] = delta.sum(0)
    }
    return result
  }

  private func expectClosedForm(
    _ method: DirectFeedbackAlignment, _ matrices: (DirectFeedbackAlignment) -> [Tensor]
  ) {
    let model = ToyModel(.threeHidden)
    let step = model.step(method)
    let expected = closedForm(model, matrices(method))
    #expect(expected.count == step.gradients.tensors.count)
    for (path, gradient) in expected {
      #expect(step.gradients[path].map { $0.relativeDifference(from: gradient) < 1e-6 } == true, "\(path)")
    }
  }

  @Test(
    "With a matrix for each point the gradients are equation 3's",
    arguments: FeedbackConfiguration.Normalization.allCases)
  func independent(_ normalization: FeedbackConfiguration.Normalization) {
    let configuration = FeedbackConfiguration(normalization: normalization, sharing: .independent)
    expectClosedForm(DirectFeedbackAlignment(configuration, seed: 2)) { method in
      ["fc1", "fc2", "fc3"].compactMap { method.state[$0] }
    }
  }

  @Test("With one matrix each point gets its first columns, scaled for its own width")
  func shared() {
    expectClosedForm(DirectFeedbackAlignment(seed: 2)) { method in
      guard let matrix = method.state["output"] else { return [] }
      // Drawn for the widest point, 12, and divided by the square root of that.
      return [8, 12, 5].map { width in
        matrix.narrowed(1, start: 0, length: width) * (12 / Double(width)).squareRoot()
      }
    }
  }

  @Test("The widest point's divisor leaves the shared columns as they are") func widest() {
    let configuration = FeedbackConfiguration(normalization: .widestPoint)
    expectClosedForm(DirectFeedbackAlignment(configuration, seed: 2)) { method in
      guard let matrix = method.state["output"] else { return [] }
      return [8, 12, 5].map { matrix.narrowed(1, start: 0, length: $0) }
    }
  }

  @Test("At block level a block is trained by backpropagation from its own signal") func blocks() throws {
    let model = ToyModel(.blocks)
    let method = DirectFeedbackAlignment(FeedbackConfiguration(level: .block), seed: 2)
    let step = model.step(method)
    // The blocks end ten and nine wide.
    let matrix = try #require(method.state["output"])
    #expect(matrix.shape == [3, 10])
    let signal: (Int, Tensor) -> Tensor = { width, error in
      error.matmul(matrix.narrowed(1, start: 0, length: width)) * (10 / Double(width)).squareRoot()
    }
    func layer(_ number: Int, _ x: Tensor) -> Tensor {
      x.linear(weight: model["fc\(number)/weight"], bias: model["fc\(number)/bias"]).tanh()
    }
    let first = layer(2, layer(1, data.inputs))
    let second = layer(4, layer(3, first.detached()))
    let y = second.detached().linear(
      weight: model["head/weight"].detached(), bias: model["head/bias"].detached())
    let error = (y.softmax(1) - data.classes.oneHot(classes: 3).to(.float32)) / 24
    let parameters = (1...4).flatMap { ["fc\($0)/weight", "fc\($0)/bias"] }
    let expected = gradients(
      of: [first, second], with: [signal(10, error), signal(9, error)], for: parameters.map { model[$0] })
    for (path, gradient) in zip(parameters, expected) {
      let gradient = try #require(gradient)
      #expect(try #require(step.gradients[path]).relativeDifference(from: gradient) < 1e-6, "\(path)")
    }
  }

  @Test("The tensor handed on from a point asks for no gradient: nothing above leads below") func handedOn() {
    let store = ParameterStore(seed: 1)
    let (hidden, head) = (Linear(store.root / "fc1", 6, 8), Linear(store.root / "head", 8, 3))
    let output = FeedbackOutput(store.root / "output")
    let point = FeedbackPoint(store.root / "fc1", of: output)
    _ = DirectFeedbackAlignment(seed: 2).step(store.parameters, generator: RandomGenerator(seed: 1)) { pass in
      let below = hidden(data.inputs, pass).tanh()
      let h = point(below, pass)
      #expect(below.requiresGradient && !h.requiresGradient)
      #expect(h.equals(below.detached()))
      let y = head(h, pass)
      #expect(gradients(of: [y.sum()], for: [hidden.weight.tensor, head.weight.tensor])[0] == nil)
      let read = output(head(h, pass), pass)
      #expect(read.requiresGradient)
      return read.crossEntropy(data.classes)
    }
  }

  /// The product with the transposed weight is the only use of a dense layer's weight in a backward pass.
  /// LibTorch refuses to traverse a graph that holds a tensor which has changed since, so a weight that may
  /// change is not held.
  @Test(
    "No input gradient is computed: weights may change before the backward pass, as they may not in BP"
  )
  func inputGradient() throws {
    func step(_ method: any TrainingMethod, changing paths: [String]) throws -> TrainingStep {
      let model = ToyModel(.threeHidden)
      return try withTorchErrors {
        method.step(model.store.parameters, generator: RandomGenerator(seed: 5)) { pass in
          let loss = model.loss(pass)
          for path in paths { model[path].setZero() }
          return loss
        }
      }
    }
    let weights = ["fc1/weight", "fc2/weight", "fc3/weight", "head/weight"]
    let untouched = try step(DirectFeedbackAlignment(seed: 2), changing: [])
    let changed = try step(DirectFeedbackAlignment(seed: 2), changing: weights)
    #expect(areEqual(untouched.gradients.tensors, changed.gradients.tensors))
    for path in weights.dropFirst() {
      #expect(throws: TorchError.self) { try step(Backpropagation(), changing: [path]) }
    }
    // The first layer's input asks for no gradient, so that backpropagation does not hold its weight either.
    #expect(throws: Never.self) { try step(Backpropagation(), changing: ["fc1/weight"]) }
  }

  @Test("A plain cut gives the embedding the gradient of the linear part alone, read at the output")
  func plainCut() throws {
    let model = ToyModel(.plainCut)
    let dfa = try #require(model.step(DirectFeedbackAlignment(seed: 2)).gradients["embedding"])
    let shallow = try #require(model.step(ShallowTraining()).gradients["embedding"])
    let bp = try #require(model.step(Backpropagation()).gradients["embedding"])
    #expect(dfa.equals(shallow))
    #expect(dfa.relativeDifference(from: bp) > 1e-3)
    // Backpropagation's without the head's weight, through which alone the perceptron's part flows.
    let without = ToyModel(.plainCut)
    let weight = without["head/weight"].detached().cloned()
    let step = Backpropagation().step(without.store.parameters, generator: RandomGenerator(seed: 5)) { pass in
      let witness = CutAtEmbedding()
      return without.loss(Pass(pass.mode, generator: pass.generator, recorder: witness))
    }
    #expect(without["head/weight"].equals(weight))
    #expect(step.gradients["embedding"]?.equals(dfa) == true)
  }

  private final class CutAtEmbedding: FeedbackRecorder {
    func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
      point.path == "embedding" ? x.detached() : x
    }
    func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor { y }
  }

  @Test("A network called twice sums the gradients of its calls, each with its own error") func calledTwice()
  {
    let model = ToyModel(.calledTwice)
    let method = DirectFeedbackAlignment(seed: 2)
    let step = model.step(method)
    // One call on all rows, of which the first eight weigh 1/8 and the others 1/32, has the same errors row
    // by row.
    let store = ParameterStore(seed: 1)
    let whole = ToyMLP(store.root, [6, 8, 5, 3])
    let weights = Tensor([Double](repeating: 1 / 8, count: 8) + [Double](repeating: 1 / 32, count: 16)).to(
      .float32)
    let expected = method.step(store.parameters, generator: RandomGenerator(seed: 5)) { pass in
      let logs = whole(data.inputs, pass).logSoftmax(1)
      return -(logs.elements(1, at: data.classes.unsqueezed(1)).squeezed(1) * weights).sum()
    }
    for (own, other) in zip(step.gradients.tensors, expected.gradients.tensors) {
      #expect(own.map { own in other.map { own.relativeDifference(from: $0) < 2e-6 } == true } == true)
    }
  }

  @Test("Each output has its own matrix, and points hear the error of their own output alone")
  func twoOutputs() {
    let model = ToyModel(.twoOutputs)
    let method = DirectFeedbackAlignment(seed: 2)
    let step = model.step(method)
    #expect(method.state.mapValues(\.shape) == ["coarse/output": [3, 8], "fine/output": [2, 10]])
    let silent = DirectFeedbackAlignment(seed: 2)
    silent.setMatrix(.zeros([3, 8]), for: "coarse/output")
    let other = model.step(silent)
    for path in step.gradients.parameters.map(\.path) {
      let isEqual = areEqual([step.gradients[path]], [other.gradients[path]])
      #expect(isEqual == !path.hasPrefix("coarse/fc"), "\(path)")
    }
  }

  @Test("The same seed draws the same matrices, whichever network asks first; another seed others")
  func seeds() {
    func state(_ seed: UInt64, _ network: ToyNetwork, sharing: FeedbackConfiguration.Sharing = .shared)
      -> [String: Tensor]
    {
      let method = DirectFeedbackAlignment(FeedbackConfiguration(sharing: sharing), seed: seed)
      _ = ToyModel(network).step(method)
      return method.state
    }
    let (one, again, other) = (state(2, .threeHidden), state(2, .threeHidden), state(3, .threeHidden))
    #expect(one.keys.sorted() == ["output"])
    #expect(one.allSatisfy { again[$0]?.equals($1) == true })
    #expect(!one.contains { other[$0]?.equals($1) == true })
    let independent = state(2, .threeHidden, sharing: .independent)
    #expect(independent.mapValues(\.shape) == ["fc1": [3, 8], "fc2": [3, 12], "fc3": [3, 5]])
    #expect(
      independent["fc1"]?.equals(state(2, .oneHidden, sharing: .independent)["fc1"] ?? .zeros([1])) == true)
  }

  @Test("Matrices stay fixed while the network trains") func fixed() {
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(seed: 2)
    _ = model.step(method)
    let before = method.state.mapValues { $0.cloned() }
    model.train(method, steps: 5, rate: 0.1)
    #expect(before.allSatisfy { method.state[$0]?.equals($1) == true })
  }

  @Test(
    "Matrices that went through a file give the same gradients",
    arguments: FeedbackConfiguration.Sharing.allCases)
  func restoring(_ sharing: FeedbackConfiguration.Sharing) throws {
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(FeedbackConfiguration(sharing: sharing), seed: 2)
    let step = model.step(method)
    let file = try SafeTensors(SafeTensors(tensors: method.state).data())
    let other = DirectFeedbackAlignment(FeedbackConfiguration(sharing: sharing), seed: 99)
    try other.restore(file.tensors)
    #expect(areEqual(model.step(other).gradients.tensors, step.gradients.tensors))
    #expect(other.state.keys == method.state.keys)
  }

  @Test("Matrices on the CPU give the gradients of matrices beside the network") func device() {
    let model = ToyModel(.threeHidden)
    let same = model.step(DirectFeedbackAlignment(FeedbackConfiguration(device: "same"), seed: 2))
    let cpu = model.step(DirectFeedbackAlignment(FeedbackConfiguration(device: "cpu"), seed: 2))
    #expect(areEqual(same.gradients.tensors, cpu.gradients.tensors))
  }

  @Test("A row whose error is zero sends nothing") func zeroRows() throws {
    let store = ParameterStore(seed: 1)
    let network = ToyMLP(store.root, [6, 8, 3])
    func step(rows: Int) -> TrainingStep {
      DirectFeedbackAlignment(seed: 2).step(store.parameters, generator: RandomGenerator(seed: 1)) { pass in
        let x = data.inputs.narrowed(0, start: 0, length: rows)
        return network(x, pass).narrowed(0, start: 0, length: 10)
          .crossEntropy(data.classes.narrowed(0, start: 0, length: 10))
      }
    }
    let (masked, short) = (step(rows: 24), step(rows: 10))
    for (own, other) in zip(masked.gradients.tensors, short.gradients.tensors) {
      #expect(try #require(own).relativeDifference(from: #require(other)) < 1e-6)
    }
  }
}
