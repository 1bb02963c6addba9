import Networks
import NeuralRendering
import TestSupport
import Testing
import Torch

@Suite("Sampling along rays") struct SamplingTests {
  private let generator = RandomGenerator(seed: 3)

  @Test("γ has the coordinates, then sine and cosine of each frequency") func encoding() {
    let encoding = PositionalEncoding(octaves: 2)
    let x = Tensor([0.1, -0.7, 2] as [Float], shape: [1, 3])
    let expected = Tensor.concatenated([x, x.sin(), x.cos(), (x * 2).sin(), (x * 2).cos()], 1)
    #expect(encoding(x).maximumDifference(from: expected) < 1e-6)
    #expect(encoding.width == 15 && PositionalEncoding(octaves: 10).width == 63)
    #expect(PositionalEncoding(octaves: 0)(x).equals(x))
  }

  @Test("The kernel is the plain formula to the last bits of float32; the formula has gradients")
  func kernel() {
    let x = generator.uniform([300, 3], from: -6, to: 6)
    for octaves in [1, 4, 10, 20] {
      let plain = x.to(.float64).positionalEncoding(octaves: octaves)
      #expect(x.positionalEncoding(octaves: octaves).maximumDifference(from: plain) < 1.2e-7 * 4)
    }
    let violations = checkGradients([[4, 3]]) { $0[0].positionalEncoding(octaves: 3) }
    #expect(violations == [])
  }

  @Test("Without jitter distances are even; with it each is in a stretch of its own") func stratified() {
    let sampling = StratifiedSampling(bounds: 2...6, samples: 5)
    let even = sampling(rays: 2, on: .cpu, nil)
    #expect(even.equals(Tensor([2, 3, 4, 5, 6, 2, 3, 4, 5, 6] as [Float], shape: [2, 5])))
    let drawn = sampling(rays: 1_000, on: .cpu, generator)
    for (sample, edges) in [(0, 2...2.5), (1, 2.5...3.5), (2, 3.5...4.5), (4, 5.5...6)] {
      let values = drawn.selected(1, sample)
      #expect(values.min().item >= edges.lowerBound && values.max().item <= edges.upperBound)
      #expect(abs(values.mean().item - (edges.lowerBound + edges.upperBound) / 2) < 0.05)
    }
  }

  @Test("Quantiles of a constant density are even, and of one stretch within it") func inverse() {
    let edges = Tensor([1, 2, 3, 4, 5] as [Float], shape: [1, 5])
    let even = InverseTransformSampling(samples: 5)(edges: edges, weights: Tensor.ones([1, 4]), nil)
    #expect(even.maximumDifference(from: Tensor([1.0, 2, 3, 4, 5], shape: [1, 5])) < 1e-5)
    let one = InverseTransformSampling(samples: 4)(
      edges: edges, weights: Tensor([0, 0, 1, 0] as [Float], shape: [1, 4]), generator)
    #expect(one.min().item >= 3 && one.max().item <= 4)
    // Half the weight in the first stretch, half in the last.
    let halves = InverseTransformSampling(samples: 5)(
      edges: edges, weights: Tensor([1, 0, 0, 1] as [Float], shape: [1, 4]), nil)
    #expect(abs(halves.selected(1, 1).item - 1.5) < 1e-3 && abs(halves.selected(1, 3).item - 4.5) < 1e-3)
    let nothing = InverseTransformSampling(samples: 3)(edges: edges, weights: Tensor.zeros([1, 4]), nil)
    #expect(nothing.isAllFinite)
  }

  @Test("Drawn distances have the density of the weights") func density() {
    let edges = Tensor([0, 1, 2] as [Float], shape: [1, 3])
    let drawn = InverseTransformSampling(samples: 20_000)(
      edges: edges, weights: Tensor([1, 3] as [Float], shape: [1, 2]), generator)
    #expect(abs((drawn .> 1).to(.float32).mean().item - 0.75) < 0.01)
  }
}
