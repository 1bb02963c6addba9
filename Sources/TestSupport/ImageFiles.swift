import CPNG
import CTurboJPEG
import CZlib
import Foundation

/// Image files made for tests.
package enum ImageFiles {
  /// A JPEG image of one colour; `components` are red, green and blue, one grey value, or four inks.
  package static func jpeg(_ components: [UInt8], width: Int = 16, height: Int = 8) -> [UInt8] {
    let formats: [Int: TJPF] = [1: TJPF_GRAY, 3: TJPF_RGB, 4: TJPF_CMYK]
    let sampling = components.count == 1 ? TJSAMP_GRAY : TJSAMP_444
    let pixels = [[UInt8]](repeating: components, count: width * height).flatMap { $0 }
    let encoder = tjInitCompress()
    defer { tjDestroy(encoder) }
    var (bytes, count): (UnsafeMutablePointer<UInt8>?, UInt) = (nil, 0)
    let result = tjCompress2(
      encoder, pixels, Int32(width), 0, Int32(height),
      Int32(formats[components.count, default: TJPF_RGB].rawValue),
      &bytes, &count, Int32(sampling.rawValue), 95, 0)
    precondition(result == 0, String(cString: tjGetErrorStr2(encoder)))
    defer { tjFree(bytes) }
    return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
  }

  /// A PNG image of these bytes, in rows: `format` says how many there are of each pixel, and what they are.
  package static func png(_ bytes: [UInt8], width: Int, height: Int, format: Int32) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    (image.width, image.height, image.format) = (UInt32(width), UInt32(height), UInt32(format))
    defer { png_image_free(&image) }
    var count = 0
    precondition(png_image_write_to_memory(&image, nil, &count, 0, bytes, 0, nil) != 0)
    var file = [UInt8](repeating: 0, count: count)
    precondition(png_image_write_to_memory(&image, &file, &count, 0, bytes, 0, nil) != 0)
    return Array(file.prefix(count))
  }

  /// A chunk of a PNG file.
  package static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(UInt32(content.count)) + body
      + bigEndian(UInt32(crc32(0, body, UInt32(body.count))))
  }

  /// The four bytes of a number, the highest first.
  package static func bigEndian(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian, Array.init)
  }
}
