import FeedbackAlignment
import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("The convolutional network of the 2019 paper") struct CIFARConvolutionalTests {
  private static func network(_ name: String, published: Bool = false, batchNorm: Bool = false) -> ToyNetwork
  {
    ToyNetwork(name) { scope in
      let network = CIFARConvolutional(
        scope, imageShape: [2, 16, 15], classes: 3, inputDropout: 0.1, convolutionDropout: 0.1, dropout: 0.1,
        batchNorm: batchNorm, published: published)
      let images = RandomGenerator(seed: 7).normal([12, 2, 16, 15])
      let classes = images.flattenedRows().narrowed(1, start: 0, length: 3).argmax(1)
      return { network(images, $0).crossEntropy(classes) }
    }
  }

  @Test("It has the layers of the published code") func parameters() {
    let store = ParameterStore(seed: 1)
    let network = CIFARConvolutional(store.root)
    #expect(
      store.parameters.filter { $0.path.hasSuffix("weight") }.map(\.tensor.shape) == [
        [32, 3, 5, 5], [64, 32, 5, 5], [64, 64, 5, 5], [128, 576], [10, 128],
      ])
    let logits = network(.ones([2, 3, 32, 32]), Pass(.evaluation, generator: RandomGenerator(seed: 1)))
    #expect(logits.shape == [2, 10])
  }

  @Test("Dropout takes units of the dense layer, and of convolutions whole channels where asked")
  func dropout() throws {
    func dropped(_ dropout: Double, _ convolutionDropout: Double) throws -> [[Bool]] {
      let recorder = ActivationRecorder()
      let network = CIFARConvolutional(
        ParameterStore(seed: 1).root, convolutionDropout: convolutionDropout, dropout: dropout)
      _ = network(
        RandomGenerator(seed: 2).normal([1, 3, 32, 32]),
        Pass(.training, generator: RandomGenerator(seed: 3), recorder: recorder))
      // Of a channel all pixels, or of a layer's units each.
      return try ["conv1", "conv2", "conv3", "hidden"].map { name in
        let units = try #require(recorder.rows(at: name))
        let channels = ["conv1": 32, "conv2": 64, "conv3": 64, "hidden": 128][name]!
        return units.reshaped([channels, -1]).abs().sum(1).scalars(Float.self).map { $0 == 0 }
      }
    }
    let none = try dropped(0, 0)
    #expect(none.allSatisfy { !$0.contains(true) })
    let dense = try dropped(0.5, 0)
    #expect(dense[..<3].allSatisfy { !$0.contains(true) } && (32...96).contains(dense[3].count { $0 }))
    let channels = try dropped(0, 0.5)
    #expect(
      channels[..<3].allSatisfy { $0.contains(true) && $0.contains(false) } && !channels[3].contains(true))
  }

  @Test("Batch normalisation ends every layer") func normalisation() {
    let store = ParameterStore(seed: 1)
    _ = CIFARConvolutional(store.root, batchNorm: true)
    #expect(
      store.parameters.map(\.path).filter { $0.hasSuffix("norm/weight") }
        == ["conv1", "conv2", "conv3", "hidden"].map { "\($0)/norm/weight" })
  }

  @Test("It keeps what methods must keep", arguments: MethodName.allCases) func conforms(_ method: MethodName)
  {
    for batchNorm in [false, true] {
      let violations = checkMethod(
        Self.network("cnn", batchNorm: batchNorm), rate: 0.02,
        trainsBelowPoints: method.row.trainsBelowPoints,
        mayRaiseLoss: method.row.mayRaiseLoss
      ) { method.make(FeedbackConfiguration(), seed: 2) }
      #expect(violations == [])
    }
  }

  @Test("Published, the dense layers have their true gradients; otherwise the upper one alone")
  func published() {
    func alignedPoints(_ network: ToyNetwork) -> [String] {
      let model = ToyModel(network)
      return AlignmentProbe.measure(
        DirectFeedbackAlignment(seed: 2), generator: RandomGenerator(seed: 1), loss: model.loss
      ).map(\.point)
    }
    #expect(alignedPoints(Self.network("ours")) == ["conv1", "conv2", "conv3", "hidden"])
    #expect(alignedPoints(Self.network("published", published: true)) == ["conv1", "conv2", "conv3"])
  }
}
