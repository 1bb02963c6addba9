import Basics
import Foundation

/// A picture in shades of grey, of 65,535, such as of distances.
public struct GreyImage: Sendable, Equatable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// How bright each pixel is, row after row from the top. **Shape** `[height, width]`
  public let pixels: [UInt16]

  /// A picture of these pixels; traps when there are none, or they are not `width * height`.
  public init(width: Int, height: Int, pixels: [UInt16]) {
    require(width > 0 && height > 0, "a picture of \(width) x \(height) pixels")
    require(pixels.count == width * height, "\(pixels.count) shades for \(width) x \(height) pixels")
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }

  /// A picture of numbers.
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - values: The numbers, row after row from the top; NaN is black.
  ///   - range: The number that is black, and the number that is white.
  public init(width: Int, height: Int, values: [Float], in range: ClosedRange<Float>) {
    let extent = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
    self.init(
      width: width, height: height,
      pixels: values.map { value in
        let share = (value - range.lowerBound) / extent
        return UInt16((65_535 * (share > 0 ? min(share, 1) : 0)).rounded())
      })
  }

  /// The picture as a PNG file of 16 bits, in proportion to what the shades measure (a gamma of 1): programs that only show
  /// pictures may show the 8 bits of ``color`` better.
  /// - Throws: `ReportsError.image` with libpng's reason.
  public func png() throws -> Data {
    try pixels.withUnsafeBytes { try PNGFile.data(width: width, height: height, .measured, $0) }
  }

  /// The picture as a PNG file of 8 bits.
  /// - Throws: `ReportsError.image` with libpng's reason.
  public func smallPNG() throws -> Data {
    try bytes.withUnsafeBytes { try PNGFile.data(width: width, height: height, .grey, $0) }
  }

  /// The picture in red, green and blue that are equal.
  public var color: RasterImage {
    RasterImage(width: width, height: height, pixels: bytes.flatMap { [$0, $0, $0] })
  }

  private var bytes: [UInt8] { pixels.map { UInt8((Int($0) + 128) / 257) } }
}
