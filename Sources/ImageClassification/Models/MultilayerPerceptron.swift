import Networks
import Torch

/// Dense layers, each hidden one as `[dropout] activation [batch normalisation]` of `W x + b`, in the order
/// of the 2019 paper's code.
///
/// **Shape** `[B, inputs]` to logits `[B, K]`. A feedback point at the end of every hidden layer, but below a bottleneck in the
/// form of the published code; the error is read at the logits.
///
/// **Source** Launay et al. 2019, section 3.2, table 2.
public struct MultilayerPerceptron {
  private let inputDropout: Dropout
  private let hidden: [HiddenLayer]
  private let head: Linear
  private let output: FeedbackOutput

  /// A perceptron.
  /// - Parameters:
  ///   - scope: Where its parameters are: `hidden1/weight`, ..., `head/weight`.
  ///   - widths: The inputs, the widths of the hidden layers, and the classes.
  ///   - activation: After every hidden layer.
  ///   - inputDropout: The probability that an input is dropped.
  ///   - dropout: The probability that a hidden unit is dropped.
  ///   - batchNorm: Whether batch normalisation ends every hidden layer.
  ///   - bottleneck: How narrow the second hidden layer is for learning; as wide as it is when nil.
  ///   - initializer: How weights start; PyTorch's default when nil.
  public init(
    _ scope: Scope, widths: [Int], activation: Activation = .tanh, inputDropout: Double = 0,
    dropout: Double = 0, batchNorm: Bool = false, bottleneck: Bottleneck? = nil,
    initializer: Initializer? = nil
  ) {
    precondition(widths.count >= 2, "a perceptron needs a number of inputs and of classes, not \(widths)")
    let output = FeedbackOutput(scope / "logits")
    self.output = output
    self.inputDropout = Dropout(inputDropout)
    hidden = (1..<widths.count - 1).map { index in
      HiddenLayer(
        scope / "hidden\(index)", widths[index - 1], widths[index], activation: activation, dropout: dropout,
        batchNorm: batchNorm, bottleneck: index == 2 ? bottleneck : nil, initializer: initializer,
        output: index == 1 && bottleneck?.publishedBatchSize != nil ? nil : output)
    }
    head = Linear(
      scope / "head", widths[widths.count - 2], widths[widths.count - 1], initializer: initializer)
  }

  /// The logits.
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let x = hidden.reduce(inputDropout(x, pass)) { x, layer in layer(x, pass) }
    return output(head(x, pass), pass)
  }
}
