import Networks
import Torch

/// Attention and a perceptron, each added to its input, with normalisation after each sum (`post`), before each branch (`pre`), or both
/// before a branch and of what it gives (`sandwich`).
///
/// **Shape** `[B, T, D]` to the same. Feedback points after the first sum and after the perceptron's hidden layer, of level `layer`
/// ("micro"), and at the end, of level `block` ("macro").
///
/// **Source** Vaswani et al. 2017, section 3.1; points of the published code of Launay et al. 2020.
struct TransformerBlock {
  private let attention: any Layer
  private let linear1, linear2: Linear
  private let norms: [LayerNorm]
  private let normalization: NormalizationPlace
  private let activation: Activation
  private let dropout: Dropout
  private let attended, widened: FeedbackPoint
  private let end: FeedbackPoint?

  /// A block with its parameters.
  /// - Parameters:
  ///   - length: The greatest number of positions.
  ///   - output: Whose error its points receive.
  ///   - hasEnd: Whether there is a point at its end.
  init(
    _ scope: Scope, _ settings: TransformerLanguageModel.Settings, length: Int, of output: FeedbackOutput,
    hasEnd: Bool
  ) {
    let width = settings.width
    attention = settings.attention.layer(
      (scope / "attention").inPyTorch(scope.nameInPyTorch(of: "self_attn")), width: width,
      heads: settings.heads, length: length)
    linear1 = Linear(scope / "linear1", width, settings.hidden)
    linear2 = Linear(scope / "linear2", settings.hidden, width)
    normalization = settings.normalization
    activation = settings.activation
    dropout = Dropout(settings.dropout)
    norms = (1...(normalization == .sandwich ? 4 : 2)).map { LayerNorm(scope / "norm\($0)", width) }
    attended = FeedbackPoint(scope / "norm1", of: output)
    widened = FeedbackPoint(scope / "linear1", of: output)
    end = hasEnd ? FeedbackPoint(scope / "norm2", of: output, level: .block) : nil
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor {
    let h = attended(sum(x, 0, pass) { attention($0, pass) }, pass)
    let y = sum(h, 1, pass) { x in
      linear2(widened(dropout(activation(linear1(x, pass), pass), pass), pass), pass)
    }
    return end?(y, pass) ?? y
  }

  /// The input and a branch of it.
  private func sum(_ x: Tensor, _ number: Int, _ pass: Pass, _ branch: (Tensor) -> Tensor) -> Tensor {
    switch normalization {
    case .post: norms[number](x + dropout(branch(x), pass), pass)
    case .pre: x + dropout(branch(norms[number](x, pass)), pass)
    case .sandwich: x + norms[number + 2](dropout(branch(norms[number](x, pass)), pass), pass)
    }
  }
}
