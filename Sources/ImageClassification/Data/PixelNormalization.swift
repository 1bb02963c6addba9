import Torch

/// Makes pixels from 0 to 255 numbers about 0: `(x / 255 - mean) / deviation`, by channel.
public struct PixelNormalization: Sendable {
  private let scales, shifts: Tensor

  /// - Parameters:
  ///   - statistics: Of the images' channels.
  ///   - device: Where the pixels are.
  public init(_ statistics: PixelStatistics, device: Device) {
    func channels(_ values: [Double]) -> Tensor {
      Tensor(values.map(Float.init), shape: [values.count, 1, 1]).to(device)
    }
    scales = channels(statistics.deviations.map { 1 / (255 * $0) })
    shifts = channels(zip(statistics.means, statistics.deviations).map { $0 / $1 })
  }

  /// - Parameter pixels: **Shape** `[N, channels, height, width]`, `uint8`
  /// - Returns: `float32` of the same shape.
  public func callAsFunction(_ pixels: Tensor) -> Tensor { pixels.to(.float32) * scales - shifts }
}
