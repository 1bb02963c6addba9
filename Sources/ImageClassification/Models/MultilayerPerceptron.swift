import Networks
import Torch

/// Dense layers, each hidden one as `[dropout] activation [batch normalisation]` of `W x + b`, in the order of the 2019 paper's
/// code.
///
/// **Shape** `[B, ...]`, whose elements are the inputs, to logits `[B, K]`. A feedback point at the end of every hidden layer,
/// but below a bottleneck with a mask of its inputs; the error is read at the logits.
///
/// **Source** Launay et al. 2019, section 3.2, table 2.
public struct MultilayerPerceptron: ImageModel {
  private let inputDropout: Dropout
  private let hidden: [HiddenLayer]
  private let head: Linear
  private let output: FeedbackOutput

  /// A perceptron with parameters `hidden1/weight`, ..., `head/weight` in `scope`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: Its layers.
  ///   - inputs: The numbers in a row.
  ///   - classes: K.
  public init(_ scope: Scope, _ settings: Settings, inputs: Int, classes: Int) {
    let output = FeedbackOutput(scope / "logits")
    let initializer = settings.initialization.initializer
    let widths = [inputs] + settings.hidden
    self.output = output
    inputDropout = Dropout(settings.inputDropout)
    hidden = (1..<widths.count).map { index in
      let (part, below, units) = (scope / "hidden\(index)", widths[index - 1], widths[index])
      let linear: any Layer =
        if index == 2, let size = settings.bottleneck {
          BottleneckLinear(
            part, below, units, size: size, inputMaskRows: settings.inputMaskRows, initializer: initializer)
        } else {
          Linear(part, below, units, initializer: initializer)
        }
      let hasPoint = index != 1 || settings.inputMaskRows == nil
      return HiddenLayer(
        part, linear, units: units, activation: settings.activation, dropout: settings.dropout,
        batchNorm: settings.batchNorm, output: hasPoint ? output : nil)
    }
    head = Linear(scope / "head", widths[widths.count - 1], classes, initializer: initializer)
  }

  /// A perceptron of all pixels of an image.
  public init(_ scope: Scope, _ settings: Settings, imageShape: [Int], classes: Int) {
    self.init(scope, settings, inputs: imageShape.reduce(1, *), classes: classes)
  }

  /// The logits.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let h = hidden.reduce(inputDropout(x.flattenedRows(), pass)) { x, layer in layer(x, pass) }
    return output(head(h, pass), pass)
  }
}
