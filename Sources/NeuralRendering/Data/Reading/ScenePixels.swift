import Datasets

/// The pixels of a photograph, with their opacity.
struct ScenePixels: Equatable {
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// Red, green, blue and opacity of each pixel.
  ///
  /// **Shape** `[height, width, 4]`
  let pixels: [UInt8]

  /// Pixels of a size.
  init(width: Int, height: Int, pixels: [UInt8]) {
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// The pixels of an image; opaque where it says nothing else.
  init(_ image: DecodedImage) {
    self.init(width: image.width, height: image.height, opaque: image.pixels, alpha: image.alpha)
  }

  /// Pixels of red, green and blue.
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - colors: Red, green and blue of each.
  ///   - alpha: The opacity of each; nil for opaque ones.
  init(width: Int, height: Int, opaque colors: some RandomAccessCollection<UInt8>, alpha: [UInt8]? = nil) {
    let first = colors.startIndex
    self.init(
      width: width, height: height,
      pixels: [UInt8](unsafeUninitializedCapacity: width * height * 4) { buffer, count in
        for pixel in 0..<(width * height) {
          let color = colors.index(first, offsetBy: pixel * 3)
          for channel in 0..<3 {
            buffer[pixel * 4 + channel] = colors[colors.index(color, offsetBy: channel)]
          }
          buffer[pixel * 4 + 3] = alpha?[pixel] ?? 255
        }
        count = width * height * 4
      })
  }

  /// The means of square blocks of pixels.
  ///
  /// Colours count by their opacity, so that those of transparent pixels, which nobody sees, do not bleed into others; a
  /// block that is wholly transparent is black.
  /// - Parameters:
  ///   - scale: Pixels of a block in each direction.
  ///   - path: The file, for the message.
  /// - Throws: `DataError` when the blocks do not cover the image.
  func reduced(by scale: Int, path: String) throws(DataError) -> ScenePixels {
    guard scale > 1 else { return self }
    guard width % scale == 0, height % scale == 0 else {
      throw .unusable(
        path: path, reason: "\(width) x \(height) pixels cannot be parted into blocks of \(scale) x \(scale)",
        remedy: "set downscale to a number that divides both, such as 1")
    }
    let (columns, rows) = (width / scale, height / scale)
    var reduced = [UInt8](repeating: 0, count: columns * rows * 4)
    for row in 0..<rows {
      for column in 0..<columns {
        var (sums, opacity) = (SIMD3<Int>(), 0)
        for line in (row * scale)..<((row + 1) * scale) {
          for place in (column * scale)..<((column + 1) * scale) {
            let start = (line * width + place) * 4
            let weight = Int(pixels[start + 3])
            sums &+=
              weight
              &* SIMD3(Int(pixels[start]), Int(pixels[start + 1]), Int(pixels[start + 2]))
            opacity += weight
          }
        }
        guard opacity > 0 else { continue }
        let start = (row * columns + column) * 4
        // Rounded to the nearest.
        for channel in 0..<3 {
          reduced[start + channel] = UInt8((2 * sums[channel] + opacity) / (2 * opacity))
        }
        let count = scale * scale
        reduced[start + 3] = UInt8((2 * opacity + count) / (2 * count))
      }
    }
    return ScenePixels(width: columns, height: rows, pixels: reduced)
  }
}
