import ImageClassification
import Networks
import TestSupport
import Testing
import Torch

@Suite("Image networks for PyTorch") struct PyTorchImageTests {
  /// Makes a network twice, from two seeds, and hands the first one's weights to the second by way of PyTorch.
  private func state(_ network: (Scope) -> Void) throws -> [String: [Int]] {
    let (one, other) = (ParameterStore(seed: 1), ParameterStore(seed: 2))
    network(one.root)
    network(other.root)
    let state = one.pyTorchState()
    try other.load(pyTorch: state)
    for (own, found) in zip(one.parameters + one.buffers, other.parameters + other.buffers) {
      #expect(own.tensor.equals(found.tensor), "\(own.path)")
    }
    return state.mapValues(\.shape)
  }

  @Test("A perceptron is dense layers, its normalisations beside them") func perceptron() throws {
    var settings = MultilayerPerceptron.Settings(hidden: [4, 3])
    let plain = try state { _ = MultilayerPerceptron($0, settings, inputs: 6, classes: 2) }
    #expect(
      plain == [
        "hidden1.weight": [4, 6], "hidden1.bias": [4], "hidden2.weight": [3, 4], "hidden2.bias": [3],
        "head.weight": [2, 3], "head.bias": [2],
      ])
    settings.batchNorm = true
    let normalized = try state { _ = MultilayerPerceptron($0, settings, inputs: 6, classes: 2) }
    #expect(normalized["hidden2_norm.running_var"] == [3] && normalized.count == 6 + 2 * 5)
  }

  @Test("A bottleneck's masks, which say nothing about outputs, stay here") func bottleneck() {
    var settings = MultilayerPerceptron.Settings(hidden: [4, 3])
    settings.bottleneck = 2
    let store = ParameterStore(seed: 1)
    _ = MultilayerPerceptron(store.root, settings, inputs: 6, classes: 2)
    #expect(store.pyTorchState().count == 6 && store.buffers.count == 2)
  }

  @Test("The convolutional network has four dimensions for kernels") func convolutions() throws {
    var settings = CIFARConvolutional.Settings()
    settings.batchNorm = true
    let shapes = try state { _ = CIFARConvolutional($0, settings, imageShape: [3, 32, 32], classes: 10) }
    #expect(shapes["conv3.weight"] == [64, 64, 5, 5] && shapes["conv1_norm.running_mean"] == [32])
    #expect(shapes["hidden.weight"] == [128, 576] && shapes["hidden_norm.num_batches_tracked"] == [])
  }

  @Test("VGG-16 has the names of torchvision, with batch normalisation and without") func vgg16() throws {
    var settings = VGG16.Settings()
    (settings.width, settings.pooled, settings.denseUnits) = (2, 1, 8)
    func places(_ shapes: [String: [Int]]) -> [Int] {
      shapes.filter { $0.key.hasPrefix("features.") && $0.value.count == 4 }
        .compactMap { Int($0.key.split(separator: ".")[1]) }.sorted()
    }
    let plain = try state { _ = VGG16($0, settings, classes: 3) }
    #expect(places(plain) == [0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28])
    #expect(plain["classifier.0.weight"] == [8, 16] && plain["classifier.6.bias"] == [3])
    #expect(plain.count == 32)
    settings.batchNorm = true
    let normalized = try state { _ = VGG16($0, settings, classes: 3) }
    #expect(places(normalized) == [0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40])
    #expect(normalized["features.41.running_mean"] == [16])
  }
}
