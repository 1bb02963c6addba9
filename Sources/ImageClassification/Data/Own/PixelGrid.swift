import Datasets
import Torch

/// Makes images of one's own images of one shape.
struct PixelGrid {
  private let settings: OwnImages.Settings
  private let transform: ImageTransform?

  init(_ settings: OwnImages.Settings) {
    self.settings = settings
    transform = settings.size.map { ImageTransform(resized: $0, cropped: $0, flips: false) }
  }

  /// An image of its shape.
  ///
  /// **Shape** `[height, width, channels]` to `[channels, ...]`, `uint8`
  func callAsFunction(_ pixels: [UInt8], height: Int, width: Int, channels: Int) -> Tensor {
    let isGreyed = settings.grey && channels == 3
    let (values, depth) = isGreyed ? (PixelGrid.grey(pixels), 1) : (pixels, channels)
    let image = Tensor(values, shape: [height, width, depth]).permuted([2, 0, 1])
    return (transform?.central(image) ?? image).contiguous()
  }

  /// The grey of pixels of three channels, in whole numbers of 16 bits as in Pillow.
  private static func grey(_ pixels: [UInt8]) -> [UInt8] {
    stride(from: 0, to: pixels.count, by: 3).map { start in
      let (red, green, blue) = (Int(pixels[start]), Int(pixels[start + 1]), Int(pixels[start + 2]))
      return UInt8((red * 19_595 + green * 38_470 + blue * 7_471 + 0x8000) >> 16)
    }
  }
}
