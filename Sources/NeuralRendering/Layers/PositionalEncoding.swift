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
  public func callAsFunction(_ x: Tensor) -> Tensor {
    guard octaves > 0 else { return x }
    let rows = x.shape[0]
    let frequencies = Tensor((0..<octaves).map { Float(1 << $0) }, shape: [octaves, 1]).to(x.device)
    let angles = x.unsqueezed(1) * frequencies
    let waves = Tensor.stacked([angles.sin(), angles.cos()], 2)
    return Tensor.concatenated([x, waves.reshaped([rows, 6 * octaves])], 1)
  }
}
