import Networks
import Testing
import Torch

@Suite("First values of parameters") struct InitializerTests {
  private func value(_ initializer: Initializer, _ shape: [Int]) -> Tensor {
    ParameterStore(seed: 3).root.parameter("x", shape, initializer).tensor.detached().to(.float64)
  }

  @Test("A constant is everywhere") func constant() {
    #expect(value(.constant(1.5), [2, 2]).scalars(Double.self) == [1.5, 1.5, 1.5, 1.5])
  }

  static let uniform: [(Initializer, [Int], bound: Double)] = [
    (.uniform(bound: 0.25), [100, 100], 0.25),
    (.uniform(fanIn: 400), [100, 100], 0.05),
    (.glorotUniform, [50, 100], 0.2),
    (.glorotUniform, [3, 50, 100], 0.2),
  ]

  @Test("Uniform values fill their bounds and no more, with deviation bound / sqrt(3)", arguments: uniform)
  func bounds(_ initializer: Initializer, _ shape: [Int], bound: Double) {
    let x = value(initializer, shape)
    #expect(x.abs().max().item <= bound + 1e-7)
    #expect(x.max().item > 0.99 * bound && x.min().item < -0.99 * bound)
    let deviation = x.square().mean().item.squareRoot() * 3.0.squareRoot()
    #expect(abs(deviation / bound - 1) < 0.03)
  }

  static let normal: [(Initializer, [Int], deviation: Double)] = [
    (.normal(deviation: 0.5), [100, 100], 0.5),
    (.heNormal, [100, 200], 0.1),
    (.heNormal, [100, 8, 5, 5], 0.1),
  ]

  @Test("Normal values have mean 0 and their deviation", arguments: normal)
  func deviations(_ initializer: Initializer, _ shape: [Int], deviation: Double) {
    let x = value(initializer, shape)
    let standardError = deviation / Double(x.count).squareRoot()
    #expect(abs(x.mean().item) < 5 * standardError)
    #expect(abs(x.square().mean().item.squareRoot() / deviation - 1) < 0.04)
    #expect(x.abs().max().item > 3 * deviation)
  }

  @Test("A fan of 0 makes no infinite bound") func noFan() {
    #expect(Initializer.uniform(fanIn: 0) == .uniform(bound: 1))
  }
}
