import Networks
import Torch

/// Three convolutions of 5 by 5 with 32, 64 and 64 channels and a dense layer of 128 units, each as `W * x + b`, [dropout],
/// activation, [batch normalisation]; the convolutions then take the greatest of 3 by 3 pixels, of every second pixel.
///
/// **Shape** `[B, channels, height, width]` to logits `[B, K]`. A feedback point at the end of every layer but the last;
/// the error is read at the logits.
///
/// **Source** Launay et al. 2019, section 4.1, table 4.
public struct CIFARConvolutional {
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
  ///   - imageShape: Channels, rows and columns; at least 15 by 15.
  ///   - classes: K.
  ///   - activation: After every layer but the last.
  ///   - inputDropout: The probability that a channel of the image is dropped.
  ///   - convolutionDropout: The probability that a channel of a convolution is dropped.
  ///   - dropout: The probability that a unit of the dense hidden layer is dropped.
  ///   - batchNorm: Whether batch normalisation follows the activations.
  ///   - initializer: How weights start; PyTorch's default when nil.
  ///   - published: Whether the dense layer has no point of its own, as in the published code, where a name given twice
  ///     loses it: then both dense layers have their true gradients.
  public init(
    _ scope: Scope, imageShape: [Int] = [3, 32, 32], classes: Int = 10, activation: Activation = .tanh,
    inputDropout: Double = 0, convolutionDropout: Double = 0, dropout: Double = 0, batchNorm: Bool = false,
    initializer: Initializer? = nil,
    published: Bool = false
  ) {
    let output = FeedbackOutput(scope / "logits")
    var (channels, height, width) = (imageShape[0], imageShape[1], imageShape[2])
    convolutions = [32, 64, 64].enumerated().map { index, outputs in
      let part = scope / "conv\(index + 1)"
      defer { (channels, height, width) = (outputs, (height - 3) / 2 + 1, (width - 3) / 2 + 1) }
      return Convolution(
        conv: Conv2d(part, channels, outputs, size: 5, padding: 2, initializer: initializer),
        dropout: Dropout2d(convolutionDropout), activation: activation,
        norm: batchNorm ? BatchNorm(part / "norm", outputs) : nil, point: FeedbackPoint(part, of: output))
    }
    precondition(height > 0 && width > 0, "images of \(imageShape) are too small for three poolings")
    hidden = HiddenLayer(
      scope / "hidden", channels * height * width, 128, activation: activation, dropout: dropout,
      batchNorm: batchNorm, initializer: initializer, output: published ? nil : output)
    head = Linear(scope / "head", 128, classes, initializer: initializer)
    self.inputDropout = Dropout2d(inputDropout)
    self.output = output
  }

  /// The logits.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let images = convolutions.reduce(inputDropout(x, pass)) { x, layer in layer(x, pass) }
    return output(head(hidden(images.flattenedRows(), pass), pass), pass)
  }
}
