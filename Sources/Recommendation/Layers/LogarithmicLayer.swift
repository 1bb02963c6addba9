import Networks
import Torch

/// Products of powers of a row's vectors, element by element: `y_dk = exp(Σ_f w_kf log max(|v_fd|, ε))`, of which each neuron learns
/// the powers, with batch normalisation after the logarithm and after the exponential unless told otherwise.
///
/// **Shape** `[B, F, D]` to `[B, D, K]`; weight `[K, F]`. Norms are of fields and of neurons, over rows and dimensions.
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
    let (rows, fields, width) = (vectors.shape[0], vectors.shape[1], vectors.shape[2])
    // A row for each dimension of each row, so that norms and products are over what lies side by side.
    let magnitudes = vectors.abs().transposed(1, 2).reshaped([rows * width, fields])
    let logarithms = form == .clamped ? magnitudes.clamped(minimum: 1e-5).log() : magnitudes.log1p()
    let sums = powers(inputNorm?(logarithms, pass) ?? logarithms, pass)
    let products = form == .clamped ? sums.exp() : sums.expm1().relu()
    return (outputNorm?(products, pass) ?? products).reshaped([rows, width, -1])
  }
}
