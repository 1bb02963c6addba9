import FeedbackAlignment
import LanguageModeling
import Networks
import TestSupport
import Testing
import Torch

@Suite("Transformer") struct TransformerTests {
  private func settings(_ change: (inout TransformerLanguageModel.Settings) -> Void = { _ in })
    -> TransformerLanguageModel.Settings
  {
    var settings = TransformerLanguageModel.Settings()
    (settings.width, settings.depth, settings.heads, settings.hidden) = (16, 2, 4, 32)
    settings.dropout = 0
    change(&settings)
    return settings
  }

  private let tokens = Tensor([1, 4, 2, 0, 3, 6, 5, 1].map(Int64.init), shape: [1, 8])
  private let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0))

  @Test(
    "What is after a position changes nothing there, in every attention", arguments: AttentionKind.allCases)
  func causality(_ attention: AttentionKind) {
    let model = TransformerLanguageModel(
      ParameterStore(seed: 1).root, settings { $0.attention = attention }, vocabulary: 7, length: 8)
    let whole = model(tokens, pass)
    #expect(whole.shape == [1, 8, 7])
    let first = model(tokens.narrowed(1, start: 0, length: 5), pass)
    #expect(first.maximumDifference(from: whole.narrowed(1, start: 0, length: 5)) < 1e-5)
    let other = Tensor([1, 4, 2, 0, 3, 6, 2, 2].map(Int64.init), shape: [1, 8])
    #expect(
      model(other, pass).narrowed(1, start: 0, length: 6)
        .maximumDifference(from: whole.narrowed(1, start: 0, length: 6)) < 1e-5)
    #expect(model(other, pass).maximumDifference(from: whole) > 1e-3)
  }

  @Test("Layers of attention keep what layers must keep") func layers() {
    let values = ["values/weight", "values/bias", "out/weight", "out/bias"]
    #expect(
      checkLayer(inputShape: [2, 5, 8], outputShape: [2, 5, 8], parameters: values) {
        FixedPatternAttention($0, 8, heads: 4, length: 6)
      } == [])
    #expect(
      checkLayer(
        inputShape: [2, 5, 8], outputShape: [2, 5, 8],
        parameters: values + ["hidden/weight", "hidden/bias", "weights/weight", "weights/bias"]
      ) { DenseSynthesizer($0, 8, heads: 2, length: 6) } == [])
    #expect(
      checkLayer(inputShape: [2, 5, 8], outputShape: [2, 5, 8], parameters: values + ["weights"]) {
        RandomSynthesizer($0, 8, heads: 2, length: 6)
      } == [])
  }

  @Test("Fixed heads see the position, the one before, all alike, and the near ones most") func patterns() {
    let store = ParameterStore(seed: 1)
    let layer = FixedPatternAttention(store.root, 4, heads: 4, length: 3)
    // Values and output are passed through, so that each column shows a head's shares.
    for parameter in store.parameters where parameter.tensor.shape.count == 2 {
      parameter.tensor.requiringGradient(false).copy(from: Tensor.identity(4))
    }
    let x = Tensor([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3] as [Float], shape: [1, 3, 4])
    // (1 + 8 · 2) / 9 and (1 + 8 · 2 + 27 · 3) / 36
    let expected: [Float] = [1, 1, 1, 1, 2, 1, 1.5, 1.888889, 3, 2, 2, 2.722222]
    #expect(layer(x, pass).maximumDifference(from: Tensor(expected, shape: [1, 3, 4])) < 1e-5)
  }

  /// The points that receive the error, in their order, and the width of the error.
  private func marks(
    _ level: FeedbackPoint.Level, _ settings: TransformerLanguageModel.Settings
  ) -> (points: [String], matrices: [String: [Int]]) {
    let store = ParameterStore(seed: 1)
    let model = TransformerLanguageModel(store.root, settings, vocabulary: 7, length: 8)
    let method = DirectFeedbackAlignment(FeedbackConfiguration(level: level), seed: 0)
    let generator = RandomGenerator(seed: 0)
    func loss(_ pass: Pass) -> Tensor {
      model(tokens, pass).reshaped([-1, 7]).crossEntropy(
        Tensor([4, 2, 0, 3, 6, 5, 1, 0].map(Int64.init), shape: [8]))
    }
    _ = method.step(store.parameters, generator: generator) { loss($0) }
    let points = AlignmentProbe.measure(method, generator: generator) { loss($0) }.map(\.point)
    return (points, method.state.mapValues(\.shape))
  }

  @Test("Macro, micro and the error's place are of one network") func placement() {
    let (macro, matrices) = marks(.block, settings())
    #expect(macro == ["block1/norm2", "block2/norm2"])
    #expect(matrices == ["output": [16, 16]])
    let micro = marks(.layer, settings())
    #expect(
      micro.points == ["norm1", "linear1", "norm2"].map { "block1/" + $0 }
        + ["norm1", "linear1", "norm2"].map { "block2/" + $0 })
    #expect(micro.matrices == ["output": [16, 32]])
    let others = marks(
      .block,
      settings {
        ($0.error, $0.endsEmbedding, $0.endsLastBlock) = (.logits, true, false)
        $0.normalization = .sandwich
      })
    #expect(others.points == ["embedding", "block1/norm2"])
    #expect(others.matrices == ["output": [7, 16]])
  }

  @Test("A tied projection is the embedding's table") func tied() {
    let names = [false, true].map { isTied in
      let store = ParameterStore(seed: 1)
      _ = TransformerLanguageModel(store.root, settings { $0.isTied = isTied }, vocabulary: 7, length: 8)
      return store.parameters.map(\.path).filter { $0.hasPrefix("decoder") || $0.hasPrefix("embedding") }
    }
    #expect(names == [["embedding/weight", "decoder/weight", "decoder/bias"], ["embedding/weight"]])
  }

  @Test("Settings that do not fit each other are refused") func refusals() {
    #expect(throws: SettingError.self) { try settings { $0.heads = 3 }.check() }
    #expect(throws: SettingError.self) {
      try settings { ($0.heads, $0.attention) = (2, .fixed) }.check()
    }
  }
}
