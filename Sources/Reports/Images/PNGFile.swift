import CPNG
import Foundation

/// Pictures in the form of PNG files.
enum PNGFile {
  /// What a pixel is made of.
  enum Form {
    /// A byte of grey.
    case grey
    /// A byte each of red, green and blue.
    case color
    /// A byte each of red, green, blue and opacity.
    case transparent
    /// Two bytes of grey in the machine's order, in proportion to what they measure.
    case measured

    /// The form as libpng calls it.
    var format: UInt32 {
      switch self {
      case .grey: 0
      case .color: UInt32(PNG_FORMAT_FLAG_COLOR)
      case .transparent: UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
      case .measured: UInt32(PNG_FORMAT_FLAG_LINEAR)
      }
    }
  }

  /// The file of a picture.
  /// - Parameters:
  ///   - width: Pixels in a row.
  ///   - height: Rows.
  ///   - form: What a pixel is made of.
  ///   - pixels: The pixels, row after row from the top.
  /// - Throws: `ReportsError.image` with libpng's reason.
  static func data(width: Int, height: Int, _ form: Form, _ pixels: UnsafeRawBufferPointer) throws -> Data {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = form.format
    defer { png_image_free(&image) }
    // The first call only measures.
    var byteCount = 0
    guard png_image_write_to_memory(&image, nil, &byteCount, 0, pixels.baseAddress, 0, nil) != 0 else {
      throw error(image)
    }
    var data = Data(count: byteCount)
    let written = data.withUnsafeMutableBytes { bytes in
      png_image_write_to_memory(&image, bytes.baseAddress, &byteCount, 0, pixels.baseAddress, 0, nil)
    }
    guard written != 0 else { throw error(image) }
    return data.prefix(byteCount)
  }

  private static func error(_ image: png_image) -> ReportsError {
    .image(
      reason: withUnsafeBytes(of: image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
  }
}
