import TestSupport
import Testing
import Torch

/// Of as many classes as have the kernel of our own; its reference is LibTorch's function in float64.
@Suite("Cross-entropy of many classes") struct CrossEntropyTests {
  private let targets = Tensor([Int64(0), 699, 350, 17, 17])

  private func logits(scale: Double) -> Tensor { RandomGenerator(seed: 3).normal([5, 700]) * scale }

  /// The loss times a factor, and its gradient.
  private func differentiated(_ logits: Tensor, factor: Double) throws -> (loss: Tensor, gradient: Tensor) {
    let leaf = logits.detached().requiringGradient()
    let loss = leaf.crossEntropy(targets) * factor
    return (loss.detached(), try #require(gradients(of: [loss], for: [leaf])[0]))
  }

  @Test("Loss and gradient are those of float64", arguments: [0.1, 5, 100], [1, 0.3])
  func equal(scale: Double, factor: Double) throws {
    let expected = try differentiated(logits(scale: scale).to(.float64), factor: factor)
    let found = try differentiated(logits(scale: scale), factor: factor)
    #expect(abs(found.loss.item - expected.loss.item) <= 1e-6 * abs(expected.loss.item))
    #expect(found.gradient.to(.float64).maximumDifference(from: expected.gradient) < 1e-7)
    // The loss is the same where no gradient is made with it.
    if factor == 1 { #expect(logits(scale: scale).crossEntropy(targets).item == found.loss.item) }
  }

  @Test("In bfloat16 they are rounded once", arguments: [1, 0.3]) func halfPrecision(factor: Double) throws {
    let rounded = logits(scale: 5).to(.bfloat16)
    let expected = try differentiated(rounded.to(.float64), factor: factor)
    let found = try differentiated(rounded, factor: factor)
    #expect(found.gradient.dtype == .bfloat16)
    #expect(abs(found.loss.item - expected.loss.item) <= 1e-6 * expected.loss.item)
    let difference = (found.gradient.to(.float64) - expected.gradient).abs()
    // Half of the last of eight bits; where a factor follows, twice.
    let allowed = expected.gradient.abs() * (factor == 1 ? 0.00391 : 0.00785) + 1e-9
    #expect((difference .> allowed).to(.float32).sum().item == 0)
  }

  @Test("What is no number, or infinite, is not passed over", arguments: [Float.nan, .infinity])
  func notFinite(_ value: Float) throws {
    var scalars = logits(scale: 1).scalars(Float.self)
    scalars[700 + 3] = value
    let found = try differentiated(Tensor(scalars, shape: [5, 700]), factor: 1)
    #expect(!found.loss.item.isFinite)
    #expect(!found.gradient.selected(0, 1).sum().item.isFinite)
    #expect(found.gradient.selected(0, 2).sum().item.isFinite)
  }

  @Test("A class that is masked has no probability") func masked() throws {
    var scalars = logits(scale: 1).scalars(Float.self)
    scalars[700 + 3] = -.infinity
    let found = try differentiated(Tensor(scalars, shape: [5, 700]), factor: 1)
    #expect(found.loss.item.isFinite)
    #expect(abs(found.gradient.scalars(Float.self)[700 + 3]) < 1e-30)
  }

  @Test("A target that is no class is refused", arguments: [-1, 700] as [Int64]) func refused(_ target: Int64)
    throws
  {
    let error = try #require(throws: TorchError.self) {
      try withTorchErrors { logits(scale: 1).crossEntropy(Tensor([target, 0, 0, 0, 0])) }
    }
    #expect(error.message.contains("target \(target) is not one of 700 classes"))
  }
}
