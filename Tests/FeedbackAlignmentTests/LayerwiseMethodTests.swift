import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Methods that go down layer by layer") struct LayerwiseMethodTests {
  /// Has the weights themselves for feedback weights, and notes which.
  private final class Transposed: LayerwiseFeedbackMethod {
    private(set) var paths: Set<String> = []

    func feedbackWeight(for weight: Parameter) -> Tensor {
      paths.insert(weight.path)
      return weight.tensor.detached()
    }
  }

  @Test("With the weights as feedback weights they are backpropagation", arguments: ToyNetwork.all)
  func transposed(_ network: ToyNetwork) {
    let (step, expected) = (
      ToyModel(network).step(Transposed()), ToyModel(network).step(Backpropagation())
    )
    #expect(step.loss.equals(expected.loss))
    #expect(areEqual(step.gradients.tensors, expected.gradients.tensors))
  }

  @Test("Feedback weights are asked for only where something below learns") func asked() {
    let method = Transposed()
    _ = ToyModel(.threeHidden).step(method)
    #expect(method.paths == ["fc2/weight", "fc3/weight", "head/weight"])
  }

  @Test("Feedback alignment is the chain rule with B for W: δW_1 = [(e B) ⊙ (1 - h²)]ᵀ x") func chainRule() {
    let (model, method) = (ToyModel(.oneHidden), LayerwiseFeedbackAlignment(seed: 2))
    let gradients = model.step(method).gradients
    let b = method.feedbackWeight(for: Parameter(path: "head/weight", tensor: model["head/weight"]))
    #expect(b.shape == [3, 8])
    // DFA with the same matrix: with one hidden layer the two are one.
    let direct = DirectFeedbackAlignment(seed: 3)
    direct.setMatrix(b, for: "output")
    #expect(areEqual(gradients.tensors, ToyModel(.oneHidden).step(direct).gradients.tensors))
  }

  @Test("Feedback weights have the root mean square of their weight when it was first met") func size() {
    let model = ToyModel(.threeHidden)
    let weight = Parameter(path: "fc2/weight", tensor: model["fc2/weight"])
    func size(_ tensor: Tensor) -> Double { tensor.square().mean().sqrt().item }
    for magnitude in [SignSymmetricFeedback.Magnitude.uniform, .batch, .fixed] {
      let feedback = SignSymmetricFeedback(magnitude, seed: 2).feedbackWeight(for: weight)
      #expect(abs(size(feedback) / size(weight.tensor.detached()) - 1) < 0.25)
      #expect(feedback.sign().equals(weight.tensor.detached().sign()))
    }
    let uniform = SignSymmetricFeedback(.uniform, seed: 2).feedbackWeight(for: weight).abs()
    #expect(uniform.max().item == uniform.min().item)
  }

  @Test("Magnitudes are drawn anew in every step, or once") func magnitudes() {
    let model = ToyModel(.threeHidden)
    let weight = Parameter(path: "fc2/weight", tensor: model["fc2/weight"])
    for (magnitude, changes) in [
      (SignSymmetricFeedback.Magnitude.uniform, false), (.batch, true), (.fixed, false),
    ] {
      let method = SignSymmetricFeedback(magnitude, seed: 2)
      let first = method.feedbackWeight(for: weight)
      #expect(method.feedbackWeight(for: weight).equals(first))
      method.endStep()
      #expect(method.feedbackWeight(for: weight).equals(first) == !changes)
    }
  }

  @Test("A tensor of another network is refused with the weight's path and both shapes") func misfit() throws
  {
    let method = LayerwiseFeedbackAlignment(seed: 2)
    method.restore(["head/weight": Tensor.ones([3, 7])])
    let error = try #require(throws: TorchError.self) {
      try withTorchErrors { _ = ToyModel(.oneHidden).step(method) }
    }
    for part in ["head/weight", "[3, 7]", "[3, 8]"] { #expect(error.description.contains(part)) }
  }

  @Test("Kolen-Pollack: B - W shrinks by 1 - ηλ in every step of gradient descent") func kolenPollack() throws
  {
    let (rate, decay, steps) = (0.1, 0.05, 20)
    let (model, method) = (ToyModel(.threeHidden), KolenPollack(decay: decay, seed: 2))
    let optimizer = Optimizer(StochasticGradientDescent(), model.store.parameters, weightDecay: decay)
    let weight = Parameter(path: "fc3/weight", tensor: model["fc3/weight"])
    let before = (method.feedbackWeight(for: weight) - weight.tensor).detached()
    for number in 0..<steps {
      let step = method.step(
        model.store.parameters, generator: RandomGenerator(seed: UInt64(number)), rate: rate, loss: model.loss
      )
      optimizer.update(step.gradients, rate: rate)
    }
    let after = (method.feedbackWeight(for: weight) - weight.tensor).detached()
    let factor = (0..<steps).reduce(1.0) { factor, _ in factor * (1 - rate * decay) }
    #expect(after.relativeDifference(from: before * factor) < 1e-5)
  }

  @Test("Signs of weights align better than random tensors, and learned tensors best") func alignment() throws
  {
    func alignment(_ method: any TrainingMethod) throws -> Double {
      let model = ToyModel(.threeHidden)
      let optimizer = Optimizer(StochasticGradientDescent(), model.store.parameters, weightDecay: 0.02)
      for number in 0..<400 {
        let step = method.step(
          model.store.parameters, generator: RandomGenerator(seed: UInt64(number)), rate: 0.2,
          loss: model.loss)
        optimizer.update(step.gradients, rate: 0.2)
      }
      let points = AlignmentProbe.measure(method, generator: RandomGenerator(seed: 5), loss: model.loss)
      #expect(points.map(\.point) == ["fc1", "fc2", "fc3"])
      return try #require(points[0].mean)
    }
    let random = try alignment(LayerwiseFeedbackAlignment(seed: 2))
    let signs = try alignment(SignSymmetricFeedback(.uniform, seed: 2))
    let learned = try alignment(KolenPollack(decay: 0.02, seed: 2))
    #expect(random < signs && signs < learned && learned > 0.99, "\(random) \(signs) \(learned)")
  }
}
