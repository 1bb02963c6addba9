import Torch

/// How the pixels of images are distributed, by channel.
package struct PixelStatistics: Sendable {
  /// The mean of each channel, of 1.
  package let means: [Double]
  /// The standard deviation of each channel, of 1.
  package let deviations: [Double]

  /// Of ImageNet's images, as everywhere in PyTorch.
  package static let imageNet = PixelStatistics(
    means: [0.485, 0.456, 0.406], deviations: [0.229, 0.224, 0.225])
}

/// Makes pixels from 0 to 255 numbers about 0: `(x / 255 - mean) / deviation`, by channel.
package struct PixelNormalization: Sendable {
  private let scales, shifts: Tensor

  /// - Parameters:
  ///   - statistics: Of the images' channels.
  ///   - device: Where the pixels are.
  package init(_ statistics: PixelStatistics, device: Device) {
    func channels(_ values: [Double]) -> Tensor {
      Tensor(values.map(Float.init), shape: [values.count, 1, 1]).to(device)
    }
    scales = channels(statistics.deviations.map { 1 / (255 * $0) })
    shifts = channels(zip(statistics.means, statistics.deviations).map { $0 / $1 })
  }

  /// - Parameter pixels: **Shape** `[N, channels, height, width]`, `uint8`
  /// - Returns: `float32` of the same shape.
  package func callAsFunction(_ pixels: Tensor) -> Tensor { pixels.to(.float32) * scales - shifts }
}
