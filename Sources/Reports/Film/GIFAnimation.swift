import Basics
import Foundation

/// An animated GIF that goes on for ever, with a palette for each frame; its parts, to be written one after the other.
public struct GIFAnimation: Sendable {
  /// The largest width and height.
  public static let sizeLimit = 65_535

  private let width, height: Int
  private let framesPerSecond: Double
  private var frameCount = 0

  /// An animation; traps when its size is not from 1 to ``sizeLimit``, or its rate not above 0.
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - framesPerSecond: How many frames are shown in a second; most programs show at most 50.
  public init(width: Int, height: Int, framesPerSecond: Double) {
    require(
      (1...Self.sizeLimit).contains(width) && (1...Self.sizeLimit).contains(height),
      "a GIF of \(width) x \(height) pixels")
    require(framesPerSecond > 0 && framesPerSecond.isFinite, "a GIF of \(framesPerSecond) frames per second")
    (self.width, self.height, self.framesPerSecond) = (width, height, framesPerSecond)
  }

  /// What a file begins with.
  public var header: Data {
    // No palette for all, a background and no aspect ratio; then the extension that programs take as: for ever.
    Data("GIF89a".utf8 + Self.number(width) + Self.number(height) + [0x70, 0, 0])
      + Data([0x21, 0xff, 11] + "NETSCAPE2.0".utf8 + [3, 1, 0, 0, 0])
  }

  /// The next frame; traps when it is of another size.
  public mutating func frame(_ image: RasterImage) -> Data {
    require(
      image.width == width && image.height == height,
      "a frame of \(image.width) x \(image.height) pixels in a GIF of \(width) x \(height)")
    let palette = ColorPalette(image)
    var bits = 2
    while 1 << bits < palette.colors.count { bits += 1 }
    var table = palette.colors.flatMap { [$0.x, $0.y, $0.z] }
    table += [UInt8](repeating: 0, count: 3 * (1 << bits) - table.count)
    // Delays are hundredths of a second: their sum is right, however the rate divides.
    let delay = time(frameCount + 1) - time(frameCount)
    frameCount += 1
    return Data([0x21, 0xf9, 4, 4] + Self.number(min(delay, 65_535)) + [0, 0])
      + Data([0x2c, 0, 0, 0, 0] + Self.number(width) + Self.number(height) + [0x80 | UInt8(bits - 1)])
      + Data(table) + Data(GIFCompression.blocks(palette.indices, width: bits))
  }

  /// What a file ends with.
  public var trailer: Data { Data([0x3b]) }

  /// The hundredths of a second before a frame.
  private func time(_ frame: Int) -> Int {
    Int(min((Double(frame) * 100 / framesPerSecond).rounded(), 1e15))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [UInt8(value & 0xff), UInt8(value >> 8 & 0xff)]
  }
}
