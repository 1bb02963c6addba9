/// The pixels of an image file.
public struct DecodedImage: Equatable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, from 0 to 255, row after row from the top; grey images have three equal values,
  /// and what is transparent has the colour that lies under it.
  ///
  /// **Shape** `[height, width, 3]`
  public let pixels: [UInt8]
  /// How opaque each pixel is, from 0 to 255, in the same order; nil where the file says nothing of it, as JPEG files never do.
  ///
  /// **Shape** `[height, width]`
  public let alpha: [UInt8]?

  /// The most pixels of an image, so that a damaged header does not ask for all memory.
  static let maximumPixelCount = 1 << 28

  /// Decodes a JPEG or PNG file; which of them is seen from its first bytes.
  ///
  /// The pixels are the samples that the file has, as in Pillow and torchvision: gamma, primaries and colour profiles do not
  /// change them, EXIF's orientation does not turn them, and the four inks of print (CMYK) become red, green and blue by multiplication, without a profile.
  ///
  /// Refused are PNG images of 16 bits a channel, images of more than 268,435,456 pixels, and files that end early or have
  /// damaged data; not those of which libjpeg warns though the image is whole, such as for stray bytes before a marker.
  /// - Throws: ``DataError/malformed(path:offset:reason:)`` or ``DataError/unsupported(path:reason:)``.
  public init(_ file: DataFile) throws(DataError) {
    if file.bytes.starts(with: [0xff, 0xd8]) {
      self = try DecodedImage(jpeg: file)
    } else if file.bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) {
      self = try DecodedImage(png: file)
    } else {
      let reason = file.bytes.isEmpty ? "an empty file" : "neither a JPEG nor a PNG image"
      throw DataError.malformed(path: file.path, offset: file.bytes.isEmpty ? nil : 0, reason: reason)
    }
  }

  init(width: Int, height: Int, pixels: [UInt8], alpha: [UInt8]? = nil) {
    (self.width, self.height, self.pixels, self.alpha) = (width, height, pixels, alpha)
  }

  /// - Throws: ``DataError/malformed(path:offset:reason:)`` when an image has no pixels or too many.
  static func checkSize(_ width: Int, _ height: Int, of file: DataFile) throws(DataError) {
    guard width > 0, height > 0, width <= maximumPixelCount / height else {
      throw DataError.malformed(
        path: file.path, offset: nil,
        reason: "\(width) x \(height) pixels, where at most \(maximumPixelCount) are read")
    }
  }
}
