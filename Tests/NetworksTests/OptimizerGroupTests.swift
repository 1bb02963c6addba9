import Networks
import TestSupport
import Testing
import Torch

@Suite("Optimizers of several groups") struct OptimizerGroupTests {
  static let rules: [any OptimizerRule] = [
    StochasticGradientDescent(), StochasticGradientDescent(momentum: 0.9, nesterov: true), Adam(), AdamW(),
    RAdam(),
  ]

  private func parameters() -> [Parameter] {
    let scope = ParameterStore(seed: 1).root
    return ["a", "b", "c"].map { scope.parameter($0, [4, 2], .normal(deviation: 1)) }
  }

  private func gradients(_ parameters: [Parameter], _ step: Int) -> Gradients {
    Gradients(
      parameters, parameters.indices.map { RandomGenerator(seed: UInt64(10 * step + $0)).normal([4, 2]) })
  }

  private func trained(_ optimizer: Optimizer, _ parameters: [Parameter], rate: Double = 0.125) -> [Tensor] {
    for step in 0..<4 { optimizer.update(gradients(parameters, step), rate: rate) }
    return parameters.map { $0.tensor.detached() }
  }

  @Test(
    "A group moves as if it were alone, whatever rule, rate and decay the others have",
    arguments: rules, rules)
  func alone(_ one: any OptimizerRule, _ other: any OptimizerRule) {
    let all = parameters()
    let mixed = trained(
      Optimizer(
        one,
        [
          ParameterGroup([all[0], all[2]], weightDecay: 0.1),
          ParameterGroup([all[1]], weightDecay: 0.2, rateScale: 0.5, rule: other),
        ]), all)
    let (first, second) = (parameters(), parameters())
    let firstAlone = trained(Optimizer(one, first, weightDecay: 0.1), first)
    let secondAlone = trained(Optimizer(other, second, weightDecay: 0.2), second, rate: 0.0625)
    #expect(areEqual(mixed, [firstAlone[0], secondAlone[1], firstAlone[2]]))
  }

  @Test("Parameters moved one by one end where they end together, bit for bit", arguments: rules)
  func oneByOne(_ rule: any OptimizerRule) {
    let (together, single) = (parameters(), parameters())
    let expected = trained(Optimizer(rule, together, weightDecay: 0.1), together)
    let optimizer = Optimizer(rule, single, weightDecay: 0.1)
    for step in 0..<4 {
      let all = gradients(single, step)
      for index in [2, 0, 1] {
        optimizer.update(Gradients([single[index]], [all.tensors[index]]), rate: 0.125)
      }
    }
    #expect(areEqual(single.map { $0.tensor.detached() }, expected))
  }

  @Test("A parameter in no group stays, and one in two ends the process") func membership() async {
    let all = parameters()
    let before = all[2].tensor.detached().cloned()
    _ = trained(Optimizer(Adam(), [ParameterGroup([all[0]]), ParameterGroup([all[1]])]), all)
    #expect(all[2].tensor.equals(before))
    await #expect(processExitsWith: .failure) {
      let parameter = ParameterStore(seed: 1).root.parameter("a", [1], .constant(0))
      _ = Optimizer(Adam(), [ParameterGroup([parameter]), ParameterGroup([parameter])])
    }
  }

  @Test(
    "Clipped gradients have the norm of the limit and their direction; shorter ones stay, bit for bit",
    arguments: [1e-3, 1, 1e6])
  func clipping(_ limit: Double) throws {
    let parameters = parameters()
    let all = Gradients(
      parameters, [gradients(parameters, 1).tensors[0], nil, gradients(parameters, 1).tensors[2]])
    let whole = Tensor.concatenated(all.tensors.compactMap { $0 })
    let norm = whole.square().sum().item.squareRoot()
    let clipped = all.clipped(norm: limit)
    #expect(clipped.tensors[1] == nil)
    if norm <= limit {
      #expect(areEqual(clipped.tensors, all.tensors))
    } else {
      let found = Tensor.concatenated(clipped.tensors.compactMap { $0 })
      #expect(abs(found.square().sum().item.squareRoot() - limit) < 1e-5 * limit)
      #expect(found.relativeDifference(from: whole * (limit / norm)) < 1e-5)
    }
  }

  @Test("Clipping of nothing, and of zeros, gives that, and no NaN") func clippingZeros() {
    let parameters = parameters()
    #expect(
      Gradients(parameters, [Tensor?](repeating: nil, count: 3)).clipped(norm: 1).tensors.allSatisfy {
        $0 == nil
      })
    let zeros = Gradients(parameters, parameters.map { _ in Tensor.zeros([4, 2]) }).clipped(norm: 1)
    #expect(zeros.tensors.allSatisfy { $0?.equals(.zeros([4, 2])) == true })
  }
}
