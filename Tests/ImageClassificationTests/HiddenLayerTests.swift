import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("Hidden layers of image networks") struct HiddenLayerTests {
  private let x = RandomGenerator(seed: 3).normal([6, 4])

  private func layer(
    _ scope: Scope, activation: Activation = .relu, dropout: Double = 0, batchNorm: Bool = false
  ) -> HiddenLayer {
    HiddenLayer(
      scope / "h", Linear(scope / "h", 4, 50), units: 50, activation: activation, dropout: dropout,
      batchNorm: batchNorm, output: FeedbackOutput(scope / "y"))
  }

  private func run(
    _ layer: HiddenLayer, _ mode: Pass.Mode = .evaluation, _ recorder: ActivationRecorder? = nil
  ) -> Tensor {
    layer(x, Pass(mode, generator: RandomGenerator(seed: 5), recorder: recorder))
  }

  private func linear(_ store: ParameterStore) -> Tensor {
    x.linear(weight: store.parameters[0].tensor, bias: store.parameters[1].tensor)
  }

  @Test("Normalisation follows the activation, and the point has what comes out") func order() {
    let store = ParameterStore(seed: 2)
    let recorder = ActivationRecorder()
    let y = run(layer(store.root, batchNorm: true), .training, recorder)
    let active = linear(store).relu()
    let mean = active.mean(0, keepingDimension: true)
    let variance = (active - mean).square().mean(0, keepingDimension: true)
    #expect(y.maximumDifference(from: (active - mean) / (variance + 1e-5).sqrt()) < 1e-4)
    #expect(recorder.rows(at: "h")?.equals(y) == true)
  }

  @Test("Dropout comes before the activation: what is dropped is the activation of 0") func dropout() {
    let store = ParameterStore(seed: 2)
    let layer = layer(store.root, activation: .sigmoid, dropout: 0.5)
    #expect(run(layer).equals(linear(store).sigmoid()))
    let noisy = run(layer, .training)
    let kept = (linear(store) * 2).sigmoid()
    let values = zip(noisy.scalars(Float.self), kept.scalars(Float.self))
    #expect(values.allSatisfy { abs($0 - 0.5) < 1e-6 || abs($0 - $1) < 1e-6 })
    let dropped = noisy.scalars(Float.self).count { abs($0 - 0.5) < 1e-6 }
    #expect((90...210).contains(dropped))
  }

  @Test("A layer without an output has no point, and computes the same") func withoutPoint() {
    let recorder = ActivationRecorder()
    let store = ParameterStore(seed: 2)
    let plain = HiddenLayer(
      store.root / "h", Linear(store.root / "h", 4, 50), units: 50, activation: .relu, dropout: 0,
      batchNorm: false, output: nil)
    #expect(run(plain, .evaluation, recorder).equals(run(layer(ParameterStore(seed: 2).root))))
    #expect(recorder.activations.isEmpty)
  }
}
