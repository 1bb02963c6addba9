/// How the pixels of images are distributed, by channel.
public struct PixelStatistics: Sendable {
  /// The mean of each channel, of pixels in [0, 1].
  public let means: [Double]
  /// The standard deviation of each channel, of pixels in [0, 1].
  public let deviations: [Double]

  /// The means and standard deviations of the channels, of pixels in [0, 1].
  public init(means: [Double], deviations: [Double]) { (self.means, self.deviations) = (means, deviations) }

  /// Of ImageNet's images, as everywhere in PyTorch.
  public static let imageNet = PixelStatistics(
    means: [0.485, 0.456, 0.406], deviations: [0.229, 0.224, 0.225])
}
