import Reports
import Torch

/// Images that excite the filters of a convolution.
public struct FilterImages: Sendable {
  /// The path of the feedback point at the end of the convolution.
  public let point: String
  /// The images, as the network takes them.
  ///
  /// **Shape** `[filters, channels, height, width]`, `float32`
  public let images: Tensor
  /// The mean of each filter's activations over the pixels of its image.
  ///
  /// **Shape** `[filters]`
  public let activations: Tensor
  /// The same for the noise that the images began with.
  public let initialActivations: Tensor
}

extension FilterImages {
  /// The images in a square, each centred and scaled so that four standard deviations span black to white.
  public func picture() -> RasterImage {
    let (count, channels, height, width) = (
      images.shape[0], images.shape[1], images.shape[2], images.shape[3]
    )
    let rows = images.flattenedRows()
    let centred = rows - rows.mean(1, keepingDimension: true)
    let deviation = (centred * centred).mean(1, keepingDimension: true).sqrt().clamped(minimum: 1e-6)
    let scaled = (centred / (deviation * 4) + 0.5).clamped(minimum: 0).clamped(maximum: 1) * 255
    let shape = [count, channels, height, width]
    let colours = scaled.reshaped(shape).expanded([count, 3, height, width]).permuted([0, 2, 3, 1]).to(.uint8)
    let pictures = (0..<count).map { number in
      RasterImage(width: width, height: height, pixels: colours.selected(0, number).contiguous().scalars())
    }
    return RasterImage(pictures, columns: Int(Double(count).squareRoot().rounded(.up)))
  }
}
