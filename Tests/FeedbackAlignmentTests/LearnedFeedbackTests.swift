import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Direct feedback that learns, and targets for errors") struct LearnedFeedbackTests {
  private func train(
    _ method: any TrainingMethod, _ model: ToyModel, steps: Int, rate: Double, decay: Double = 0
  ) {
    let optimizer = Optimizer(StochasticGradientDescent(), model.store.parameters, weightDecay: decay)
    for number in 0..<steps {
      let step = method.step(
        model.store.parameters, generator: RandomGenerator(seed: UInt64(number)), rate: rate, loss: model.loss
      )
      optimizer.update(step.gradients, rate: rate)
    }
  }

  @Test("Direct Kolen-Pollack: the last matrix goes to the head's weight, B - W shrinks by 1 - ηλ")
  func directKolenPollack() throws {
    let (rate, decay, steps) = (0.1, 0.05, 20)
    let method = DirectKolenPollack(FeedbackConfiguration(decay: decay), seed: 2)
    let model = ToyModel(.oneHidden)
    _ = model.step(method)
    var state = method.state
    let before = try #require(state["matrices/fc1"]) - model["head/weight"].detached()
    train(method, model, steps: steps, rate: rate, decay: decay)
    state = method.state
    let after = try #require(state["matrices/fc1"]) - model["head/weight"].detached()
    let factor = (0..<steps).reduce(1.0) { factor, _ in factor * (1 - rate * decay) }
    #expect(after.relativeDifference(from: before * factor) < 1e-4)
  }

  @Test("Learned matrices align better than random ones") func alignment() throws {
    func alignment(_ method: any FeedbackMethod) throws -> [Double] {
      let model = ToyModel(.threeHidden)
      train(method, model, steps: 400, rate: 0.1, decay: 0.005)
      return try AlignmentProbe.measure(method, generator: RandomGenerator(seed: 5), loss: model.loss)
        .map { try #require($0.mean) }
    }
    let random = try alignment(DirectFeedbackAlignment(seed: 2))
    let learned = try alignment(DirectKolenPollack(FeedbackConfiguration(decay: 0.005), seed: 2))
    let forward = try alignment(ForwardDirectFeedback(FeedbackConfiguration(averaging: 0.05), seed: 2))
    #expect(learned[2] > random[2] && learned[2] > 0.9, "\(random) \(learned)")
    #expect(zip(forward, random).allSatisfy { $0 > $1 }, "\(random) \(forward)")
  }

  @Test("Forward estimates of a linear map are its weight") func forwardEstimate() throws {
    let method = ForwardDirectFeedback(FeedbackConfiguration(averaging: 0.002), seed: 2)
    let model = ToyModel(.oneHidden)
    for _ in 0..<4_000 { _ = model.step(method) }
    let matrix = try #require(method.state["matrices/fc1"])
    #expect(matrix.relativeDifference(from: model["head/weight"].detached()) < 0.05)
  }

  @Test("Matrices of GrAPE turn towards the weight of a linear map, and their columns keep their lengths")
  func turning() throws {
    let method = GradientAlignedProjectedError(FeedbackConfiguration(learningRate: 0.01), seed: 2)
    let model = ToyModel(.oneHidden)
    _ = model.step(method)
    let first = try #require(method.state["matrices/fc1"])
    for _ in 0..<3_000 { _ = model.step(method) }
    let (last, weight) = (try #require(method.state["matrices/fc1"]), model["head/weight"].detached())
    func cosines(_ x: Tensor) -> [Double] {
      ((x * weight).sum(1) / (x.norm(1) * weight.norm(1))).to(.float64).scalars(Double.self)
    }
    #expect(last.norm(1).maximumDifference(from: first.norm(1)) < 1e-4)
    #expect(cosines(last).allSatisfy { $0 > 0.98 }, "\(cosines(first)) \(cosines(last))")
  }

  @Test(
    "Feedback learns at the parameters' rate unless it has one of its own", arguments: ["kp", "dkp", "grape"])
  func rates(_ name: String) throws {
    func matrices(_ rate: Double?, parameters: Double) throws -> [String: Tensor] {
      let method = MethodName(name).make(FeedbackConfiguration(learningRate: rate), seed: 2)
      let model = ToyModel(.threeHidden)
      for number in 0..<3 {
        _ = method.step(
          model.store.parameters, generator: RandomGenerator(seed: UInt64(number)), rate: parameters,
          loss: model.loss)
      }
      return method.state
    }
    let usual = try matrices(nil, parameters: 0.1)
    #expect(try areEqual(matrices(0.1, parameters: 0.7), usual))
    #expect(try !areEqual(matrices(nil, parameters: 0.7), usual))
  }

  @Test("Orthogonal matrices of points' own are orthogonal each") func orthogonal() throws {
    let method = DirectFeedbackAlignment(
      FeedbackConfiguration(kind: .orthogonal, sharing: .independent), seed: 2)
    _ = ToyModel(.threeHidden).step(method)
    #expect(method.state.keys.sorted() == ["fc1", "fc2", "fc3"])
    for matrix in method.state.values {
      // Of the uniform draw's root mean square, over the square root of the width: the rows' lengths are 1 / √3.
      let gram = matrix.matmul(matrix.transposed())
      #expect(gram.relativeDifference(from: .identity(3) / 3) < 1e-5)
    }
  }

  @Test("A step of forward estimates draws no more of the network's random numbers than any other")
  func draws() {
    let (generator, other) = (RandomGenerator(seed: 5), RandomGenerator(seed: 5))
    let model = ToyModel(.noisy)
    _ = DirectFeedbackAlignment(seed: 2).step(model.store.parameters, generator: other, loss: model.loss)
    for method in [ForwardDirectFeedback(seed: 2), GradientAlignedProjectedError(seed: 2)]
      as [any TrainingMethod]
    {
      generator.state = RandomGenerator(seed: 5).state
      _ = method.step(model.store.parameters, generator: generator, loss: model.loss)
      #expect(generator.state.equals(other.state))
    }
  }

  @Test("Target projection sends each row minus the matrix's row of its class") func targets() throws {
    let error = Tensor([0.2, -0.5, 0.3, -0.1, 0.05, 0.05, 0, 0, 0] as [Float], shape: [3, 3])
    let scope = ParameterStore(seed: 1).root
    let output = FeedbackOutput(scope / "output")
    let point = FeedbackPoint(scope / "fc1", of: output)
    let method = DirectRandomTargetProjection(seed: 2)
    let signals = method.signals(
      at: [Crossing(point: point, shape: [3, 4], occurrence: 0)],
      [OutputGradient(output: output, gradient: error)])
    let matrix = try #require(method.state["output"])
    let signal = try #require(signals[0])
    #expect(signal.selected(0, 0).equals(-matrix.selected(0, 1) / 2))
    #expect(signal.selected(0, 1).equals(-matrix.selected(0, 0) / 2))
    #expect(signal.selected(0, 2).abs().max().item == 0)
  }

  @Test("Numbers of steps and what optimizers keep that cannot be are refused, with their names")
  func damaged() throws {
    func refusal(_ name: String, _ state: [String: Tensor]) throws -> String {
      let method = try #require(MethodName(rawValue: name)).make(FeedbackConfiguration(), seed: 2)
      let error = #expect(throws: FeedbackMatrixError.self) { try method.restore(state) }
      return error.map { "\($0)" } ?? ""
    }
    for steps in [Tensor(-1.0), .full([], 1e300, dtype: .float64), Tensor(.nan), Tensor(1.5), .ones([2])] {
      for name in ["fdfa", "brsf", "grape", "ridge", "dfa+anchors"] {
        #expect(try refusal(name, ["steps": steps]).contains("'steps' of "))
      }
    }
    let matrix = Tensor.ones([3, 4])
    for slot in [Tensor.ones([4, 3]), Tensor.full([3, 4], .nan)] {
      #expect(
        try refusal("dkp", ["matrices/y": matrix, "optimizer/y/momentum": slot]).contains(
          "'optimizer/y/momentum'"))
      #expect(try refusal("kp", ["optimizer/y/momentum": slot]).contains("'optimizer/y/momentum'"))
    }
  }

  @Test("Numbers of steps above 2^24 are kept exactly", arguments: ["fdfa", "brsf"])
  func manySteps(_ name: String) throws {
    let method = try #require(MethodName(rawValue: name)).make(FeedbackConfiguration(), seed: 2)
    for steps in [16_777_217.0, 9_007_199_254_740_992] {
      try method.restore(["steps": Tensor(steps, dtype: .int64)])
      #expect(try #require(method.state["steps"]).item == steps)
    }
  }

  @Test(
    "What feedback has learned comes back from a checkpoint",
    arguments: ["dkp", "fdfa", "kp", "brsf", "grape", "ridge", "kp+anchors"])
  func restores(_ name: String) throws {
    let method = try #require(MethodName(rawValue: name))
    func make() -> any TrainingMethod { method.make(FeedbackConfiguration(), seed: 2) }
    let (whole, cut) = (ToyModel(.threeHidden), ToyModel(.threeHidden))
    let (first, second, third) = (make(), make(), make())
    train(first, whole, steps: 6, rate: 0.1)
    train(second, cut, steps: 3, rate: 0.1)
    try third.restore(second.state)
    let optimizer = Optimizer(StochasticGradientDescent(), cut.store.parameters)
    for number in 3..<6 {
      let step = third.step(
        cut.store.parameters, generator: RandomGenerator(seed: UInt64(number)), rate: 0.1, loss: cut.loss)
      optimizer.update(step.gradients, rate: 0.1)
    }
    #expect(whole.store.parameters.allSatisfy { cut[$0.path].equals($0.tensor) })
  }
}
