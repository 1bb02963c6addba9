import Networks
import TestSupport
import Testing
import Torch

@Suite("Optimizers") struct OptimizerTests {
  /// An optimizer by the name of its PyTorch twin, for these parameters.
  private static func optimizer(_ name: String, _ parameters: [Parameter]) -> (Optimizer, rate: Double) {
    let decay = name.hasSuffix("Decay") || name == "adamW" ? 0.05 : 0
    let rule: any OptimizerRule =
      switch name {
      case "adamBetas": Adam(beta1: 0.5, beta2: 0.9, epsilon: 1e-3)
      case "adamW": AdamW()
      case "radam": RAdam()
      case "radamBetas": RAdam(beta1: 0.5, beta2: 0.8, epsilon: 1e-3)
      case "radamDecay": RAdam(beta2: 0.8)
      case _ where name.hasPrefix("adam"): Adam()
      case _ where name.hasPrefix("sgd"): StochasticGradientDescent()
      default: StochasticGradientDescent(momentum: 0.9, nesterov: name.hasPrefix("nesterov"))
      }
    return (
      Optimizer(rule, parameters, weightDecay: decay), name.contains("adam") ? 0.01 : 0.1
    )
  }

  private static let shapes = [[3, 2], [4]]

  private func parameters(extra: Bool = false) -> [Parameter] {
    let scope = ParameterStore(seed: 1).root
    let parameters = ["a", "b"].enumerated().map { index, name in
      let parameter = scope.parameter(name, Self.shapes[index], .constant(0))
      parameter.tensor.copy(from: Tensor(OptimizerGolden.start[index], shape: Self.shapes[index]))
      return parameter
    }
    return extra ? [scope.parameter("still", [3], .normal(deviation: 1))] + parameters : parameters
  }

  private func gradients(_ parameters: [Parameter], step: Int) -> Gradients {
    Gradients(
      parameters,
      parameters.map { parameter in
        ["a", "b"].firstIndex(of: parameter.path).map {
          Tensor(OptimizerGolden.gradients[2 * step + $0], shape: Self.shapes[$0])
        }
      })
  }

  static let names = OptimizerGolden.trajectories.keys.sorted()

  @Test("Eight steps are PyTorch's", arguments: names) func golden(_ name: String) throws {
    let parameters = parameters()
    let (optimizer, rate) = Self.optimizer(name, parameters)
    let trajectory = try #require(OptimizerGolden.trajectories[name])
    for step in 0..<8 {
      optimizer.update(gradients(parameters, step: step), rate: rate)
      for index in 0..<2 {
        let expected = Tensor(trajectory[2 * step + index], shape: Self.shapes[index])
        #expect(parameters[index].tensor.detached().maximumDifference(from: expected) < 1e-6)
      }
    }
  }

  @Test(
    "A parameter without a gradient stays as it is, bit for bit, also with momentum and weight decay",
    arguments: names)
  func untouched(_ name: String) {
    let parameters = parameters(extra: true)
    let (optimizer, rate) = Self.optimizer(name, parameters)
    let before = parameters[0].tensor.detached().cloned()
    for step in 0..<5 { optimizer.update(gradients(parameters, step: step), rate: rate) }
    #expect(parameters[0].tensor.equals(before))
    #expect(!optimizer.state.keys.contains { $0.hasPrefix("still/") })
    let (twin, twinRate) = (self.parameters(), rate)
    let (other, _) = Self.optimizer(name, twin)
    for step in 0..<5 { other.update(gradients(twin, step: step), rate: twinRate) }
    #expect(zip(twin, parameters.dropFirst()).allSatisfy { $0.tensor.equals($1.tensor) })
  }

  @Test("A parameter whose gradient stops coming stays where it was, momentum and all", arguments: names)
  func stopping(_ name: String) {
    let parameters = parameters()
    let (optimizer, rate) = Self.optimizer(name, parameters)
    optimizer.update(gradients(parameters, step: 0), rate: rate)
    let before = parameters[1].tensor.detached().cloned()
    let first = gradients(parameters, step: 1).tensors[0]
    optimizer.update(Gradients(parameters, [first, nil]), rate: rate)
    #expect(parameters[1].tensor.equals(before))
  }

  @Test("Two steps, a restored state and three steps are five steps, bit for bit", arguments: names)
  func restoring(_ name: String) throws {
    let whole = parameters()
    let (optimizer, rate) = Self.optimizer(name, whole)
    for step in 0..<2 { optimizer.update(gradients(whole, step: step), rate: rate) }
    // Through a file, as a checkpoint goes, and before the optimizer goes on.
    let file = try SafeTensors(SafeTensors(tensors: optimizer.state).data())
    let resumed = parameters()
    for (one, other) in zip(resumed, whole) { one.tensor.copy(from: other.tensor.detached()) }
    for step in 2..<5 { optimizer.update(gradients(whole, step: step), rate: rate) }
    let (second, _) = Self.optimizer(name, resumed)
    second.restore(file.tensors)
    for step in 2..<5 { second.update(gradients(resumed, step: step), rate: rate) }
    #expect(zip(whole, resumed).allSatisfy { $0.tensor.equals($1.tensor) })
    #expect(optimizer.state.keys == second.state.keys)
    #expect(optimizer.state.allSatisfy { second.state[$0]?.equals($1) == true })
  }

  @Test("A restored state is the optimizer's own: it does not change what it was restored from")
  func ownState() {
    let parameters = parameters()
    let (optimizer, rate) = Self.optimizer("momentum", parameters)
    optimizer.update(gradients(parameters, step: 0), rate: rate)
    let saved = optimizer.state.mapValues { $0.cloned() }
    let copy = saved.mapValues { $0.cloned() }
    let (second, _) = Self.optimizer("momentum", parameters)
    second.restore(saved)
    second.update(gradients(parameters, step: 1), rate: rate)
    #expect(saved.allSatisfy { copy[$0]?.equals($1) == true })
  }

  @Test(
    "A gradient that is a transposed or an expanded view moves the parameter as its copy does",
    arguments: ["sgd", "momentumDecay", "nesterov", "adam", "adamW"])
  func strides(_ name: String) {
    func result(_ gradient: Tensor) -> Tensor {
      let parameters = [ParameterStore(seed: 1).root.parameter("x", [40, 30], .normal(deviation: 1))]
      let (optimizer, rate) = Self.optimizer(name, parameters)
      for _ in 0..<2 { optimizer.update(Gradients(parameters, [gradient]), rate: rate) }
      return parameters[0].tensor
    }
    let transposed = RandomGenerator(seed: 2).normal([30, 40]).transposed()
    #expect(result(transposed).equals(result(transposed.contiguous())))
    let expanded = RandomGenerator(seed: 2).normal([40, 1]).expanded([40, 30])
    #expect(result(expanded).equals(result(expanded.contiguous())))
  }

  @Test("Groups have their own weight decay and scale of the rate") func groups() {
    let parameters = parameters()
    let optimizer = Optimizer(
      StochasticGradientDescent(),
      [ParameterGroup([parameters[0]], rateScale: 0.5), ParameterGroup([parameters[1]], weightDecay: 1)])
    let zero = Gradients(parameters, [Tensor.ones([3, 2]), Tensor.zeros([4])])
    let before = parameters.map { $0.tensor.detached().cloned() }
    optimizer.update(zero, rate: 0.5)
    #expect(parameters[0].tensor.detached().maximumDifference(from: before[0] - 0.25) < 1e-7)
    #expect(parameters[1].tensor.detached().maximumDifference(from: before[1] * 0.5) < 1e-7)
  }

  @Test("Gradients are found by path") func byPath() {
    let a = Tensor.ones([3, 2])
    let gradients = Gradients(parameters(extra: true), [nil, a, nil])
    #expect(gradients["still"] == nil)
    #expect(gradients["a"]?.equals(a) == true)
    #expect(gradients["no such"] == nil)
  }
}
