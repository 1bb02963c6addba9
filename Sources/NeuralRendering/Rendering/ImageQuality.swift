import Foundation
import Torch

/// How near one image is to another; values from 0 to 1.
///
/// **Shape** `[height, width, 3]`
package struct ImageQuality {
  private let image, reference: Tensor

  /// Of an image, compared with a reference.
  package init(_ image: Tensor, of reference: Tensor) {
    (self.image, self.reference) = (image.to(.float64), reference.to(.float64))
  }

  /// The peak signal-to-noise ratio: `-10 log10(mean squared error)`, in dB. Equal images, whose ratio has no bound, have 100.
  package var peakSignalToNoiseRatio: Double {
    -10 * log10(max(image.meanSquaredError(reference).item, 1e-10))
  }

  /// The structural similarity: the mean over places and colours of
  /// `(2 μ_x μ_y + c_1)(2 σ_xy + c_2) / ((μ_x² + μ_y² + c_1)(σ_x² + σ_y² + c_2))` in windows of 11 x 11 pixels weighted by a Gaussian of
  /// deviation 1.5, with c_1 = 0.01² and c_2 = 0.03². Windows are whole: images smaller than one have none.
  ///
  /// **Source** Wang et al. 2004.
  package var structuralSimilarity: Double? {
    guard image.shape[0] >= Self.window.count, image.shape[1] >= Self.window.count else { return nil }
    let (x, y) = (planes(image), planes(reference))
    let (meanX, meanY) = (smoothed(x), smoothed(y))
    let varianceX = smoothed(x.square()) - meanX.square()
    let varianceY = smoothed(y.square()) - meanY.square()
    let covariance = smoothed(x * y) - meanX * meanY
    let (first, second) = (1e-4, 9e-4)
    let above = (2 * meanX * meanY + first) * (2 * covariance + second)
    let below = (meanX.square() + meanY.square() + first) * (varianceX + varianceY + second)
    return (above / below).mean().item
  }

  private static let window: [Double] = {
    let weights = (-5...5).map { exp(-Double($0 * $0) / (2 * 1.5 * 1.5)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }()

  /// Each colour as an image of one channel.
  private func planes(_ image: Tensor) -> Tensor { image.permuted([2, 0, 1]).unsqueezed(1).contiguous() }

  private func smoothed(_ x: Tensor) -> Tensor {
    let weights = Tensor(Self.window).to(x.device)
    return x.conv2d(weight: weights.reshaped([1, 1, -1, 1])).conv2d(weight: weights.reshaped([1, 1, 1, -1]))
  }
}
