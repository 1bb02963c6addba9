import Basics
import Foundation

/// A picture of pixels in red, green and blue, of 255 each.
public struct RasterImage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, row after row from the top. **Shape** `[height, width, 3]`
  public private(set) var pixels: [UInt8]

  /// A white picture; traps when it has no pixels.
  public init(width: Int, height: Int) {
    require(width > 0 && height > 0, "a picture of \(width) x \(height) pixels")
    self.width = width
    self.height = height
    pixels = Array(repeating: 255, count: width * height * 3)
  }

  /// Pictures of one size in rows, a white pixel between them; traps when there are none or sizes differ.
  /// - Parameters:
  ///   - pictures: From the upper left, row after row.
  ///   - columns: How many are in a row.
  public init(_ pictures: [RasterImage], columns: Int) {
    guard let first = pictures.first, columns > 0 else { fatalError("no pictures, or no columns") }
    let (width, height) = (first.width, first.height)
    let rows = (pictures.count + columns - 1) / columns
    self.init(width: columns * (width + 1) - 1, height: rows * (height + 1) - 1)
    for (index, picture) in pictures.enumerated() {
      require(picture.width == width && picture.height == height, "pictures of several sizes")
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      for line in 0..<height {
        let start = ((row * (height + 1) + line) * self.width + column * (width + 1)) * 3
        pixels.replaceSubrange(
          start..<start + width * 3, with: picture.pixels[(line * width * 3)..<((line + 1) * width * 3)])
      }
    }
  }

  /// A picture of these pixels; traps when they are not `width * height * 3`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    require(pixels.count == width * height * 3, "\(pixels.count) bytes for \(width) x \(height) pixels")
    self.init(width: width, height: height)
    self.pixels = pixels
  }

  /// Draws a disc, or a ring, over what is there; what is outside the picture is left out.
  ///
  /// A pixel takes as much of the colour as the disc covers of it, for which how far its middle lies inside the
  /// edge stands.
  ///
  /// - Parameters:
  ///   - x: the middle, in pixels from the left edge.
  ///   - y: the middle, in pixels from the upper edge.
  ///   - radius: in pixels.
  ///   - hole: radius of what is left free in the middle.
  ///   - color: red, green and blue, of 255.
  public mutating func drawDisc(
    x: Double, y: Double, radius: Double, hole: Double = 0, color: (red: Int, green: Int, blue: Int)
  ) {
    let components = [Double(color.red), Double(color.green), Double(color.blue)]
    for row in Self.pixels(y, radius, of: height) {
      for column in Self.pixels(x, radius, of: width) {
        let (offsetX, offsetY) = (Double(column) + 0.5 - x, Double(row) + 0.5 - y)
        let distance = (offsetX * offsetX + offsetY * offsetY).squareRoot()
        let outside = min(max(radius + 0.5 - distance, 0), 1)
        let inside = hole > 0 ? min(max(distance - hole + 0.5, 0), 1) : 1
        let coverage = outside * inside
        guard coverage > 0 else { continue }
        let start = (row * width + column) * 3
        for (index, component) in components.enumerated() {
          let old = Double(pixels[start + index])
          pixels[start + index] = UInt8((old + (component - old) * coverage).rounded())
        }
      }
    }
  }

  /// The pixels of a row or column that a disc may touch.
  private static func pixels(_ middle: Double, _ radius: Double, of count: Int) -> Range<Int> {
    let low = min(max((middle - radius - 1).rounded(.down), 0), Double(count))
    let high = min(max((middle + radius + 1).rounded(.up), low), Double(count))
    return Int(low)..<Int(high)
  }

  /// The picture as a PNG file.
  ///
  /// - Parameter alpha: How opaque each pixel is, of 255, row after row from the top; nil for a file that says nothing of it.
  /// - Throws: `ReportsError.image` with libpng's reason.
  public func png(alpha: [UInt8]? = nil) throws -> Data {
    try (alpha.map(samples) ?? pixels).withUnsafeBytes { bytes in
      try PNGFile.data(width: width, height: height, alpha == nil ? .color : .transparent, bytes)
    }
  }

  /// Red, green, blue and opacity of each pixel; traps when there is not one opacity for each.
  private func samples(_ alpha: [UInt8]) -> [UInt8] {
    require(alpha.count == width * height, "\(alpha.count) opacities for \(width) x \(height) pixels")
    return alpha.indices.flatMap { Array(pixels[($0 * 3)..<($0 * 3 + 3)]) + [alpha[$0]] }
  }
}
