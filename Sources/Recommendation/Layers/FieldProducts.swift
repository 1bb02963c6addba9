import Networks
import Torch

/// The sum of the products of all pairs of a row's vectors:
/// `y = Σ_(f<g) v_f · v_g = ½ Σ_d ((Σ_f v_fd)² - Σ_f v_fd²)`.
///
/// **Shape** `[B, F, D]` to `[B, 1]`.
///
/// **Source** Rendle 2010, eq. 1 and lemma 3.1.
public struct FieldProducts: Layer {
  /// A layer without parameters.
  public init() {}

  /// The sum.
  public func callAsFunction(_ vectors: Tensor, _ pass: Pass) -> Tensor {
    (vectors.sum(1).square() - vectors.square().sum(1)).sum(1, keepingDimension: true) * 0.5
  }
}
