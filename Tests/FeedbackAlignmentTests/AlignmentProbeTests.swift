import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Alignment") struct AlignmentProbeTests {
  /// Sends what it is told.
  private final class Given: FeedbackMethod {
    let level = FeedbackPoint.Level.layer
    let sent: [Tensor?]
    init(_ sent: [Tensor?]) { self.sent = sent }
    func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
      FeedbackSignals(sent)
    }
  }

  private func measure(_ method: any FeedbackMethod, _ model: ToyModel) -> [PointAlignment] {
    AlignmentProbe.measure(method, generator: RandomGenerator(seed: 5), loss: model.loss)
  }

  /// Measures t against c at one point with the loss (h ⊙ c).sum(), whose derivative by h is c.
  private func measure(_ t: [[Float]], against c: [[Float]]) throws -> PointAlignment {
    let scope = ParameterStore(seed: 1).root
    let shape = [t.count, t[0].count]
    let h = scope.parameter("h", shape, .constant(1))
    let output = FeedbackOutput(scope / "y")
    let point = FeedbackPoint(scope / "h", of: output)
    let given = Given([Tensor(t.flatMap(\.self), shape: shape)])
    let found = AlignmentProbe.measure(given, generator: RandomGenerator(seed: 1)) { pass in
      (output(point(h.tensor, pass), pass) * Tensor(c.flatMap(\.self), shape: shape)).sum()
    }
    #expect(found.count == 1)
    return try #require(found.first)
  }

  @Test("Mean and deviation over rows are those of a hand calculation; zero rows are counted, not scored")
  func statistics() throws {
    // Cosines 1, -1, 0.6, 0; then a zero of each kind.
    let found = try measure(
      [[2, 0], [1, 1], [3, 4], [1, 0], [0, 0], [1, 1], [0, 0]],
      against: [[5, 0], [-3, -3], [1, 0], [0, 7], [1, 2], [0, 0], [0, 0]])
    #expect(found.point == "h")
    #expect(found.rows == 4)
    #expect(found.skipped == 3)
    #expect(abs(try #require(found.mean) - 0.15) < 1e-7)
    // Squares of 0.85, 1.15, 0.45, 0.15 over 3.
    #expect(abs(try #require(found.std) - (2.27 / 3).squareRoot()) < 1e-7)
  }

  @Test("One row has no deviation, no row no mean") func fewRows() throws {
    let one = try measure([[1, 0], [0, 0]], against: [[1, 0], [1, 0]])
    #expect(one == PointAlignment(point: "h", mean: 1, std: nil, rows: 1, skipped: 1))
    let none = try measure([[0, 0]], against: [[1, 0]])
    #expect(none == PointAlignment(point: "h", mean: nil, std: nil, rows: 0, skipped: 1))
  }

  @Test("Lengths do not matter, however small or great the signals are") func lengths() throws {
    let found = try measure([[3e-20, 4e-20], [1e18, 0]], against: [[3e18, 4e18], [1e-20, 0]])
    #expect(found.rows == 2)
    #expect(abs(try #require(found.mean) - 1) < 1e-6)
  }

  @Test("The head's weight as feedback matrix is aligned perfectly in every row") func perfect() throws {
    let model = ToyModel(.oneHidden)
    let method = DirectFeedbackAlignment(seed: 2)
    method.setMatrix(model["head/weight"].detached(), for: "output")
    let found = measure(method, model)
    #expect(found.map(\.point) == ["fc1"])
    #expect(found[0].rows == 24 && found[0].skipped == 0)
    #expect(abs(try #require(found[0].mean) - 1) < 1e-6)
    #expect(try #require(found[0].std) < 1e-6)
    method.setMatrix(-model["head/weight"].detached(), for: "output")
    #expect(abs(try #require(measure(method, model)[0].mean) + 1) < 1e-6)
  }

  @Test("Random feedback to a wide layer is near orthogonal before training") func random() throws {
    let data = ToyData(rows: 64, width: 6, classes: 10, seed: 4)
    let wide = ToyNetwork("wide") { scope in
      let network = ToyMLP(scope, [6, 1024, 1024, 10])
      return { pass in network(data.inputs, pass).crossEntropy(data.classes) }
    }
    let found = measure(DirectFeedbackAlignment(seed: 2), ToyModel(wide))
    #expect(found.map(\.point) == ["fc1", "fc2"])
    for point in found { #expect(abs(try #require(point.mean)) < 0.1) }
  }

  @Test("Rows outside the loss are left out and counted") func maskedRows() {
    let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
    let masked = ToyNetwork("masked") { scope in
      let network = ToyMLP(scope, [6, 8, 7, 3])
      return { pass in
        network(data.inputs, pass).narrowed(0, start: 4, length: 9)
          .crossEntropy(data.classes.narrowed(0, start: 4, length: 9))
      }
    }
    let found = measure(DirectFeedbackAlignment(seed: 2), ToyModel(masked))
    #expect(found.map(\.rows) == [9, 9])
    #expect(found.map(\.skipped) == [15, 15])
  }

  @Test(
    "Every point that receives feedback is measured once, over the rows of all its calls",
    arguments: [
      (ToyNetwork.threeHidden, ["fc1", "fc2", "fc3"], 24),
      (.twoOutputs, ["coarse/fc1", "coarse/fc2", "fine/fc1"], 24),
      (.autoencoder, ["encoder/fc1", "encoder/fc2"], 24),
      (.pointIsOutput, ["encoder"], 24),
      (.calledTwice, ["fc1", "fc2"], 24),
      (.plainCut, ["fc1"], 24),
      (.tokens, ["fc1"], 24),
      (.convolutional, ["conv"], 12),
      (.withoutPoints, [], 0),
    ])
  func points(_ network: ToyNetwork, _ points: [String], _ rows: Int) {
    let found = measure(DirectFeedbackAlignment(seed: 2), ToyModel(network))
    #expect(found.map(\.point) == points)
    #expect(found.allSatisfy { $0.rows + $0.skipped == rows && $0.rows > 0 })
    #expect(found.allSatisfy { ($0.mean ?? 2).magnitude <= 1 })
  }

  @Test("At block level only the ends of blocks are measured") func level() {
    let method = DirectFeedbackAlignment(FeedbackConfiguration(level: .block), seed: 2)
    #expect(measure(method, ToyModel(.blocks)).map(\.point) == ["fc2", "fc4"])
  }

  @Test("The signals measured are those that train: cosines recomputed from a step's matrices")
  func sameSignals() throws {
    let model = ToyModel(.oneHidden)
    let method = DirectFeedbackAlignment(seed: 2)
    _ = model.step(method)
    let matrix = try #require(method.state["output"])
    let witness = Witness()
    let loss = model.loss(Pass(.evaluation, generator: RandomGenerator(seed: 5), recorder: witness))
    let h = witness.crossed[0].tensor
    let c = try #require(gradients(of: [loss], for: [h])[0])
    let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
    let y = h.detached().linear(weight: model["head/weight"].detached(), bias: model["head/bias"].detached())
    let t = ((y.softmax(1) - data.classes.oneHot(classes: 3).to(.float32)) / 24).matmul(matrix)
    let cosines = (t * c).sum(1) / (t.norm(1) * c.norm(1))
    let found = try #require(measure(method, model).first)
    #expect(abs(try #require(found.mean) - cosines.mean().item) < 1e-6)
  }

  @Test("Measuring changes no parameter, no statistic and no gradient, and draws nothing for dropout")
  func leavesNoTrace() {
    let model = ToyModel(.noisy)
    let method = DirectFeedbackAlignment(seed: 2)
    let expected = model.step(method).gradients
    let before = model.snapshot()
    let generator = RandomGenerator(seed: 5)
    let state = generator.state
    let first = AlignmentProbe.measure(method, generator: generator, loss: model.loss)
    #expect(model.store.tensors.allSatisfy { before[$0]?.equals($1) == true })
    #expect(generator.state.equals(state))
    #expect(areEqual(model.step(method).gradients.tensors, expected.tensors))
    #expect(!first.isEmpty)
  }

  @Test("Measuring before the first step draws the matrices that training draws") func before() {
    let model = ToyModel(.threeHidden)
    let (one, two) = (DirectFeedbackAlignment(seed: 2), DirectFeedbackAlignment(seed: 2))
    _ = measure(one, model)
    #expect(areEqual(model.step(one).gradients.tensors, model.step(two).gradients.tensors))
  }

  @Test("Alignment grows while a network trains by direct feedback") func growth() throws {
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(seed: 2)
    let before = measure(method, model).compactMap(\.mean)
    model.train(method, steps: 400, rate: 0.2, momentum: 0.9)
    let after = measure(method, model).compactMap(\.mean)
    #expect(after.count == 3)
    #expect(after.allSatisfy { $0 > 0.3 }, "\(before) became \(after)")
    #expect(after.reduce(0, +) > before.reduce(0, +))
  }
}
