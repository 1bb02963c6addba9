import TestSupport
import Testing
import Torch

@Suite("Random numbers") struct RandomGeneratorTests {
  @Test("A seed gives one stream; another seed another") func determinism() {
    func draws(_ seed: UInt64) -> [Tensor] {
      let generator = RandomGenerator(seed: seed)
      return [generator.uniform([3]), generator.normal([20]), generator.permutation(9)]
    }
    #expect(areEqual(draws(1), draws(1)))
    #expect(!areEqual(draws(1), draws(2)))
    #expect(!areEqual(draws(.max), draws(1)))
  }

  @Test("A stream goes on: draws differ, and interleaved generators do not disturb each other")
  func independence() {
    let (one, two) = (RandomGenerator(seed: 1), RandomGenerator(seed: 1))
    let first = one.uniform([4])
    _ = two.uniform([4])
    #expect(!one.uniform([4]).equals(first))
    _ = RandomGenerator(seed: 9).uniform([100])
    _ = two.uniform([4])
    #expect(one.uniform([4]).equals(two.uniform([4])))
  }

  @Test("Setting the state goes back to where it was read, also in another generator") func state() {
    let generator = RandomGenerator(seed: 1)
    _ = generator.normal([7])
    let state = generator.state
    let expected = [generator.normal([5]), generator.uniform([5]), Tensor.ones([50]).dropout(0.5, generator)]
    let other = RandomGenerator(seed: 2)
    other.state = state
    #expect(
      areEqual([other.normal([5]), other.uniform([5]), Tensor.ones([50]).dropout(0.5, other)], expected))
    generator.state = state
    #expect(areEqual([generator.normal([5]), generator.uniform([5])], Array(expected[..<2])))
  }

  @Test("Reading the state does not move the stream, and what was read does not move with it")
  func stateIsACopy() {
    let (one, two) = (RandomGenerator(seed: 1), RandomGenerator(seed: 1))
    let state = one.state
    let copy = state.cloned()
    #expect(one.uniform([4]).equals(two.uniform([4])))
    #expect(state.equals(copy))
  }

  @Test("Uniform numbers lie in [low, high) with the mean and deviation of the distribution") func uniform() {
    let x = RandomGenerator(seed: 1).uniform([100_000], from: -2, to: 4, dtype: .float64)
    #expect(x.min().item >= -2 && x.max().item < 4)
    // Five standard errors of the mean: 6 / sqrt(12) / sqrt(100 000) = 0.0055 each.
    let (mean, variance) = (x.mean().item, (x - 1).square().mean().item)
    #expect(abs(mean - 1) < 0.0275)
    #expect(abs(variance - 3) < 0.06)
  }

  @Test("Normal numbers have the mean and deviation asked for") func normal() {
    let x = RandomGenerator(seed: 1).normal([100_000], mean: 3, deviation: 2, dtype: .float64)
    // Five standard errors: of the mean 2 / 316 each, of the deviation 2 / (1.41 * 316).
    let (mean, variance) = (x.mean().item, (x - 3).square().mean().item)
    #expect(abs(mean - 3) < 0.032)
    #expect(abs(variance.squareRoot() - 2) < 0.023)
    // 0.27 % lie beyond three deviations.
    let beyond = ((x - 3).abs() .> 6).to(.float64).mean().item
    #expect(beyond > 0.0015 && beyond < 0.004)
  }

  @Test("A permutation holds each number once") func permutation() {
    let x = RandomGenerator(seed: 1).permutation(1000).scalars(Int.self)
    #expect(x.sorted() == Array(0..<1000))
    #expect(x != Array(0..<1000))
    #expect(RandomGenerator(seed: 1).permutation(0).count == 0)
  }

  @Test("Dropout zeroes the given part, scales the rest, keeps the mean", arguments: [0.1, 0.5, 0.8])
  func dropout(_ probability: Double) {
    let x = Tensor.ones([100_000], dtype: .float64).dropout(probability, RandomGenerator(seed: 1))
    let kept = (x .!= 0).to(.float64).mean().item
    let standardError = (probability * (1 - probability) / 100_000).squareRoot()
    #expect(abs(kept - 1 + probability) < 5 * standardError)
    #expect(abs(x.max().item - 1 / (1 - probability)) < 1e-12)
    #expect(x.maximumDifference(from: (x .!= 0).to(.float64) / (1 - probability)) < 1e-12)
  }

  @Test("Dropout with probability 0 keeps all, with probability 1 nothing") func dropoutExtremes() {
    let x = vector(1, -2, 3)
    #expect(x.dropout(0, RandomGenerator(seed: 1)).equals(x))
    #expect(x.dropout(1, RandomGenerator(seed: 1)).scalars(Double.self).allSatisfy { $0 == 0 })
  }

  @Test("The gradient of dropout passes where the value did, with the same scale") func dropoutGradient()
    throws
  {
    let x = Tensor.ones([64]).requiringGradient()
    let y = x.dropout(0.5, RandomGenerator(seed: 1))
    let gradient = try #require(gradients(of: [y.sum()], for: [x])[0])
    #expect(gradient.equals(y.detached()))
  }
}
