import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Ridge-regressed feedback") struct RidgeRegressedFeedbackTests {
  private static func network(_ widths: [Int], classes: Int = 3) -> ToyNetwork {
    ToyNetwork("a perceptron and squared errors") { scope in
      let data = ToyData(rows: 24, width: 6, classes: classes, seed: 11).on(scope.device)
      let network = ToyMLP(scope, widths + [classes])
      return { pass in network(data.inputs, pass).meanSquaredError(data.targets) }
    }
  }

  private func method(_ ridge: Double = 1e-9, _ span: Span = .steps(100)) -> RidgeRegressedFeedback {
    RidgeRegressedFeedback(FeedbackConfiguration(anchorEvery: span, ridge: ridge), seed: 2)
  }

  private func expectEqual(_ found: TrainingStep, _ expected: TrainingStep, within tolerance: Double) throws {
    for (own, other) in zip(found.gradients.tensors, expected.gradients.tensors) {
      #expect(try #require(own).relativeDifference(from: #require(other)) < tolerance)
    }
  }

  @Test("Above the last hidden layer the fit is the transposed weight, and its signals backpropagation's")
  func transposedWeight() throws {
    let (model, method) = (ToyModel(Self.network([6, 8])), method())
    let anchor = model.step(method)
    let expected = model.step(Backpropagation())
    #expect(areEqual(anchor.gradients.tensors, expected.gradients.tensors))
    let matrix = try #require(method.state["matrices/fc1"])
    #expect(matrix.relativeDifference(from: model["head/weight"].detached()) < 1e-4)
    try expectEqual(model.step(method), expected, within: 1e-4)
  }

  @Test("… also where errors have more numbers than rows, as far as the rows show") func wideErrors() throws {
    let (model, method) = (ToyModel(Self.network([6, 8], classes: 40)), method())
    _ = model.step(method)
    try expectEqual(model.step(method), model.step(Backpropagation()), within: 1e-4)
    let matrix = try #require(method.state["matrices/fc1"])
    #expect(matrix.relativeDifference(from: model["head/weight"].detached()) > 0.1)
  }

  @Test("… also where a point has several rows for one of the error, or a network is called twice")
  func rows() throws {
    for network in [ToyNetwork.tokens, .calledTwice, .oneHidden] {
      let (model, method) = (ToyModel(network), method())
      _ = model.step(method)
      // Softmax errors sum to zero: of B only what they show is learned, which is all that counts.
      let (found, expected) = (model.step(method).gradients, model.step(Backpropagation()).gradients)
      let last = network.description == ToyNetwork.calledTwice.description ? "fc2/weight" : "fc1/weight"
      #expect(try #require(found[last]).relativeDifference(from: #require(expected[last])) < 1e-4)
    }
  }

  @Test("A fit is the minimum of squared differences and of the distance from the matrix before")
  func minimum() throws {
    let (model, method) = (ToyModel(Self.network([6, 8, 7])), method(0.3, .steps(1)))
    var before = Tensor.zeros([3, 8])
    for number in 0..<3 {
      let pair = try Regressands(model)
      let (e, c) = (pair.error.to(.float64), pair.signal.to(.float64))
      let penalty = e.square().sum().item * 0.3 / 3
      _ = model.step(method, seed: UInt64(number))
      let matrix = try #require(method.state["matrices/fc1"])
      // The gradient of the sum by the matrix vanishes.
      let pull = (matrix - before).to(.float64) * penalty
      let push = e.transposed().matmul(e.matmul(matrix.to(.float64)) - c)
      #expect((pull + push).abs().max().item < 1e-5 * pull.abs().max().item)
      before = matrix
      let optimizer = Optimizer(StochasticGradientDescent(), model.store.parameters)
      optimizer.update(model.step(Backpropagation()).gradients, rate: 0.5)
    }
  }

  /// What is regressed at the first point: the errors of the output, and backpropagation's signals.
  private struct Regressands {
    let error, signal: Tensor

    init(_ model: ToyModel) throws {
      final class Reader: FeedbackMethod {
        var errors: [OutputGradient] = []
        var level: FeedbackPoint.Level { .layer }
        func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
          self.errors = errors
          return FeedbackSignals(count: points.count) { _ in nil }
        }
      }
      let reader = Reader()
      _ = AlignmentProbe.measure(
        reader, mode: .training, generator: RandomGenerator(seed: 1), loss: model.loss)
      error = try #require(reader.errors.first).gradient
      // By the chain rule: c = ((e W3) ⊙ (1 - h2²)) W2.
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
      let h1 = data.inputs.linear(weight: model["fc1/weight"], bias: model["fc1/bias"]).tanh()
      let h2 = h1.linear(weight: model["fc2/weight"], bias: model["fc2/bias"]).tanh()
      let inner = error.matmul(model["head/weight"]) * (h2.square() * -1 + 1)
      signal = inner.matmul(model["fc2/weight"]).detached()
    }
  }

  @Test("Errors that are all zero leave matrices as they are") func zeroErrors() throws {
    let network = ToyNetwork("no loss") { scope in
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11).on(scope.device)
      let network = ToyMLP(scope, [6, 8, 3])
      return { pass in network(data.inputs, pass).square().sum() * 0 }
    }
    let method = method()
    _ = ToyModel(network).step(method)
    let matrix = try #require(method.state["matrices/fc1"])
    #expect(matrix.equals(.zeros([3, 8])))
  }

  @Test("Fitted matrices align better than random ones") func alignment() throws {
    func alignment(_ method: any FeedbackMethod) throws -> [Double] {
      let model = ToyModel(.threeHidden)
      model.train(method, steps: 201, rate: 0.1)
      return try AlignmentProbe.measure(method, generator: RandomGenerator(seed: 5), loss: model.loss)
        .map { try #require($0.mean) }
    }
    let random = try alignment(DirectFeedbackAlignment(seed: 2))
    let fitted = try alignment(method(1e-3, .steps(20)))
    #expect(zip(fitted, random).allSatisfy { $0 > $1 && $0 > 0.8 }, "\(random) \(fitted)")
  }
}
