import Networks
import Torch

/// Three convolutions of 5 by 5 with 32, 64 and 64 channels and a dense layer of 128 units, each as `W * x + b`, [dropout],
/// activation, [batch normalisation]; max pooling of 3 by 3 pixels with stride 2 ends the convolutions.
///
/// **Shape** `[B, channels, height, width]`, at least 15 by 15, to logits `[B, K]`. A feedback point at the end of every layer
/// but the last; the error is read at the logits.
///
/// **Source** Launay et al. 2019, section 4.1, table 4.
public struct CIFARConvolutional: ImageModel {
  private struct Convolution {
    let conv: Conv2d
    let dropout: Dropout2d
    let activation: Activation
    let norm: BatchNorm?
    let point: FeedbackPoint

    func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
      let h = activation(dropout(conv(x, pass), pass))
      return point((norm?(h, pass) ?? h).maxPool2d(size: 3, stride: 2), pass)
    }
  }

  private let inputDropout: Dropout2d
  private let convolutions: [Convolution]
  private let hidden: HiddenLayer
  private let head: Linear
  private let output: FeedbackOutput

  /// A network with parameters `conv1/weight`, ..., `hidden/weight`, `head/weight` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: Its layers.
  ///   - imageShape: Channels, rows and columns; at least 15 by 15.
  ///   - classes: K.
  public init(_ scope: Scope, _ settings: Settings, imageShape: [Int], classes: Int) {
    guard min(imageShape[1], imageShape[2]) >= 15 else {
      fatalError("images of \(imageShape) are too small for three poolings, which need 15 by 15 pixels")
    }
    let output = FeedbackOutput(scope / "logits")
    let initializer = settings.initialization.initializer
    var (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
    convolutions = [32, 64, 64].enumerated().map { index, outputs in
      let part = scope / "conv\(index + 1)"
      defer { (channels, height, width) = (outputs, (height - 3) / 2 + 1, (width - 3) / 2 + 1) }
      return Convolution(
        conv: Conv2d(part, channels, outputs, size: 5, padding: 2, initializer: initializer),
        dropout: Dropout2d(settings.convolutionDropout), activation: settings.activation,
        norm: settings.batchNorm
          ? BatchNorm((part / "norm").inPyTorch("\(part.nameInPyTorch)_norm"), outputs) : nil,
        point: FeedbackPoint(part, of: output))
    }
    let (part, units) = (scope / "hidden", 128)
    hidden = HiddenLayer(
      part, Linear(part, channels * height * width, units, initializer: initializer), units: units,
      activation: settings.activation, dropout: settings.dropout, batchNorm: settings.batchNorm,
      output: settings.hiddenPoint ? output : nil)
    head = Linear(scope / "head", units, classes, initializer: initializer)
    inputDropout = Dropout2d(settings.inputDropout)
    self.output = output
  }

  /// The logits.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let images = convolutions.reduce(inputDropout(x, pass)) { x, layer in layer(x, pass) }
    return output(head(hidden(images.flattenedRows(), pass), pass), pass)
  }
}
