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
  /// Of Fashion-MNIST's training images.
  public static let fashionMNIST = PixelStatistics(means: [0.2860], deviations: [0.3530])
  /// Of MNIST's training images.
  public static let mnist = PixelStatistics(means: [0.1307], deviations: [0.3081])
  /// Of CIFAR-10's training images, as the 2019 paper's code has them: the deviations are means over images of the deviation
  /// within each.
  public static let cifar10 = PixelStatistics(
    means: [0.4914, 0.4822, 0.4465], deviations: [0.2023, 0.1994, 0.2010])
  /// Of CIFAR-100's training images.
  public static let cifar100 = PixelStatistics(
    means: [0.5071, 0.4865, 0.4409], deviations: [0.2673, 0.2564, 0.2762])
}
