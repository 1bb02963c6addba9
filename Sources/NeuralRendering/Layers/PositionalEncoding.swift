import Torch

/// Coordinates beside their sines and cosines at doubling frequencies:
/// `γ(x) = (x, sin x, cos x, sin 2x, cos 2x, ..., sin 2^(L-1) x, cos 2^(L-1) x)`, without a factor π.
///
/// **Shape** `[B, 3]` to `[B, 3 + 6 L]`
///
/// **Source** Mildenhall et al. 2020, eq. 4, in the published code's form and order.
public struct PositionalEncoding: Sendable, Hashable {
  /// L, the frequencies.
  public let octaves: Int

  /// So many frequencies.
  public init(octaves: Int) { self.octaves = octaves }

  /// The width of a row of the result.
  public var width: Int { 3 + 6 * octaves }

  /// γ(x).
  public func callAsFunction(_ x: Tensor) -> Tensor { x.positionalEncoding(octaves: octaves) }
}
