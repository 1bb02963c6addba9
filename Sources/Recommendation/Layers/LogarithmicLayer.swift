import Networks
import Torch

/// Products of powers of a row's vectors, element by element: `y_k = exp(Σ_f w_kf log max(|v_f|, ε))`, of which each neuron learns
/// the powers, with batch normalisation after the logarithm and after the exponential unless told otherwise.
///
/// **Shape** `[B, F, D]` to `[B, K, D]`; weight `[K, F]`.
///
/// **Source** Cheng et al. 2020, eq. 6 and section "optimization" (ε and the norms).
public struct LogarithmicLayer: Layer {
  /// How the logarithm is kept from zero.
  public enum Form: String, NamedChoice {
    /// max(|v|, 1e-5), as in the paper.
    case clamped
    /// log(1 + |v|), its inverse exp(y) - 1 and ReLU, as in the published code of Launay et al. 2020, without norms.
    case shifted
  }

  private let form: Form
  private let powers: Linear
  private let inputNorm, outputNorm: BatchNorm?

  /// A layer with the parameters `scope/weight`, and with norms `scope/inputNorm`, `scope/outputNorm`.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - fields: F.
  ///   - neurons: K.
  ///   - form: How the logarithm is kept from zero.
  ///   - start: How the weight starts.
  public init(_ scope: Scope, _ fields: Int, _ neurons: Int, _ form: Form, _ start: StartingWeights) {
    self.form = form
    powers = start.linear(scope, fields, neurons, bias: false)
    inputNorm = form == .clamped ? BatchNorm(scope / "inputNorm", fields) : nil
    outputNorm = form == .clamped ? BatchNorm(scope / "outputNorm", neurons) : nil
  }

  /// The products.
  public func callAsFunction(_ vectors: Tensor, _ pass: Pass) -> Tensor {
    let magnitudes = vectors.abs()
    let logarithms = form == .clamped ? magnitudes.clamped(minimum: 1e-5).log() : magnitudes.log1p()
    let normed = inputNorm?(logarithms, pass) ?? logarithms
    let sums = powers(normed.transposed(1, 2), pass).transposed(1, 2)
    let products = form == .clamped ? sums.exp() : sums.expm1().relu()
    return outputNorm?(products, pass) ?? products
  }
}
