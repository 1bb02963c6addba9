import FeedbackAlignment
import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("VGG-16") struct VGG16Tests {
  private static let network = ToyNetwork("vgg16") { scope in
    let network = VGG16(
      scope, channels: 2, classes: 3, width: 2, pooled: 1, denseUnits: 8, dropout: 0.1, batchNorm: true)
    let images = RandomGenerator(seed: 7).normal([6, 2, 32, 33])
    let classes = images.flattenedRows().narrowed(1, start: 0, length: 3).argmax(1)
    return { network(images, $0).crossEntropy(classes) }
  }

  @Test("It has the layers of the paper: 138 million weights, and images of any size fit") func parameters() {
    let store = ParameterStore(seed: 1)
    _ = VGG16(store.root, classes: 1000)
    // Simonyan and Zisserman 2015, table 2: 138 million.
    #expect(store.parameters.map { $0.tensor.shape.reduce(1, *) }.reduce(0, +) == 138_357_544)
    let narrow = ParameterStore(seed: 1)
    let network = VGG16(narrow.root, classes: 5, width: 1, pooled: 2, denseUnits: 3)
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    for size in [[32, 32], [64, 64], [47, 101]] {
      #expect(network(.ones([2, 3] + size), pass).shape == [2, 5])
    }
  }

  @Test("The points' widths are those of table 1: 55 GB of matrices for ImageNet, 13 in a shared one")
  func widths() {
    let gigabytes = VGG16.pointWidths(imageSize: 224).map { Double($0) * 1000 * 4 / 1e9 }
    #expect(gigabytes.count == 15)
    #expect(abs((gigabytes.max() ?? 0) - 13) < 0.5 && abs(gigabytes.reduce(0, +) - 55) < 1)
  }

  @Test("It keeps what methods must keep", arguments: MethodName.allCases)
  func conforms(_ method: MethodName) {
    let violations = checkMethod(
      Self.network, rate: 0.003, trainsBelowPoints: method.row.trainsBelowPoints, mayRaiseLoss: true
    ) { method.make(FeedbackConfiguration(), seed: 2) }
    #expect(violations == [])
  }
}
