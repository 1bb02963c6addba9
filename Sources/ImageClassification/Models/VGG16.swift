import Networks
import Torch

/// VGG-16: five blocks of two, two, three, three and three convolutions of 3 by 3, each with a ReLU, that end in max pooling
/// of 2 by 2 pixels, then three dense layers with dropout.
///
/// **Shape** `[B, channels, height, width]`, at least 32 by 32, to logits `[B, K]`. What the blocks leave of an image is
/// averaged to `pooled` by `pooled` pixels, as in torchvision, so that images of any size fit. A feedback point after the
/// ReLU of every layer but the last, before pixels are pooled; the error is read at the logits.
///
/// **Source** Simonyan and Zisserman 2015, table 1, D; Launay et al. 2019, tables 1 and 3.
public struct VGG16 {
  private struct Convolution {
    let conv: Conv2d
    let norm: BatchNorm?
    let point: FeedbackPoint

    func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
      let y = conv(x, pass)
      return point((norm?(y, pass) ?? y).relu(), pass)
    }
  }

  private struct Dense {
    let linear: Linear
    let point: FeedbackPoint
  }

  private let blocks: [[Convolution]]
  private let dense: [Dense]
  private let head: Linear
  private let dropout: Dropout
  private let pooled: Int
  private let output: FeedbackOutput

  /// A network with parameters `conv1_1/weight`, ..., `conv5_3/weight`, `fc6/weight`, `fc7/weight`, `fc8/weight` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: Its layers.
  ///   - channels: The channels of an image.
  ///   - classes: K.
  public init(_ scope: Scope, _ settings: Settings, channels: Int = 3, classes: Int) {
    let output = FeedbackOutput(scope / "logits")
    // Names in PyTorch are those of torchvision, which numbers layers without weights too.
    func inPyTorch(_ part: Scope, _ name: String) -> Scope { part.inPyTorch(scope.nameInPyTorch(of: name)) }
    var (inputs, place) = (channels, 0)
    blocks = zip([2, 2, 3, 3, 3], [1, 2, 4, 8, 8]).enumerated().map { block, size in
      let (depth, outputs) = (size.0, settings.width * size.1)
      return (1...depth).map { layer in
        let part = scope / "conv\(block + 1)_\(layer)"
        let isLast = layer == depth
        defer { (inputs, place) = (outputs, place + (settings.batchNorm ? 3 : 2) + (isLast ? 1 : 0)) }
        return Convolution(
          conv: Conv2d(
            inPyTorch(part, "features.\(place)"), inputs, outputs, size: 3, padding: 1, initializer: .heNormal
          ),
          norm: settings.batchNorm
            ? BatchNorm(inPyTorch(part / "norm", "features.\(place + 1)"), outputs) : nil,
          point: FeedbackPoint(part, of: output))
      }
    }
    inputs *= settings.pooled * settings.pooled
    let units = settings.denseUnits
    dense = [("fc6", 0), ("fc7", 3)].map { name, place in
      defer { inputs = units }
      return Dense(
        linear: Linear(inPyTorch(scope / name, "classifier.\(place)"), inputs, units, initializer: .heNormal),
        point: FeedbackPoint(scope / name, of: output))
    }
    head = Linear(inPyTorch(scope / "fc8", "classifier.6"), units, classes)
    dropout = Dropout(settings.dropout)
    pooled = settings.pooled
    self.output = output
  }

  /// The logits.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let features = blocks.reduce(x) { x, block in
      block.reduce(x) { $1($0, pass) }.maxPool2d(size: 2, stride: 2)
    }
    let isPooled = features.shape[2...] == [pooled, pooled]
    let seen = isPooled ? features : features.adaptiveAveragePool2d(height: pooled, width: pooled)
    let h = dense.reduce(seen.flattenedRows()) { x, layer in
      layer.point(dropout(layer.linear(x, pass).relu(), pass), pass)
    }
    return output(head(h, pass), pass)
  }

  /// The widths of the feedback points of the network of the paper, from a pass of one image.
  /// - Parameter imageSize: The side of the image, in pixels; at least 32.
  public static func pointWidths(imageSize: Int) -> [Int] {
    // What the dense layers see decides nothing about points.
    var settings = Settings()
    settings.pooled = 1
    let network = VGG16(ParameterStore(seed: 0).root, settings, classes: 1)
    let recorder = ActivationRecorder()
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0), recorder: recorder)
    withoutGradient { _ = network(.zeros([1, 3, imageSize, imageSize]), pass) }
    return recorder.activations.map { $0.tensor.count }
  }
}
