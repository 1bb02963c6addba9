import CPNG
import Foundation
import Reports
import Testing

@Suite("Pictures in grey, and with opacity") struct GreyImageTests {
  /// The size, bits and kind of colour that a PNG file's header says.
  private func header(_ png: Data) -> [Int] {
    let bytes = Array(png.prefix(26))
    return [
      Int(bytes[18]) << 8 | Int(bytes[19]), Int(bytes[22]) << 8 | Int(bytes[23]), Int(bytes[24]),
      Int(bytes[25]),
    ]
  }

  /// The samples that libpng reads from a file in a form.
  private func samples<Sample: BitwiseCopyable>(_ png: Data, _ format: UInt32, zero: Sample, count: Int)
    throws
    -> [Sample]
  {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    try #require(
      png.withUnsafeBytes { png_image_begin_read_from_memory(&image, $0.baseAddress, $0.count) } != 0)
    image.format = format
    var samples = [Sample](repeating: zero, count: count)
    try #require(png_image_finish_read(&image, nil, &samples, 0, nil) != 0)
    return samples
  }

  @Test("Shades of 16 bits are kept as they are") func wide() throws {
    let image = GreyImage(width: 3, height: 2, pixels: [0, 1, 255, 256, 40_000, 65_535])
    let png = try image.png()
    #expect(header(png) == [3, 2, 16, 0])
    #expect(try samples(png, PNG_FORMAT_FLAG_LINEAR, zero: UInt16(0), count: 6) == image.pixels)
  }

  @Test("Those of 8 bits are rounded") func small() throws {
    let image = GreyImage(width: 3, height: 1, pixels: [127, 257, 65_535])
    let png = try image.smallPNG()
    #expect(header(png) == [3, 1, 8, 0])
    #expect(try samples(png, 0, zero: UInt8(0), count: 3) == [0, 1, 255])
    #expect(image.color.pixels == [0, 0, 0, 1, 1, 1, 255, 255, 255])
  }

  @Test("Numbers are black at one end and white at the other, beyond too, and NaN is black") func numbers() {
    let values: [Float] = [2, 4, 3, 1, 9, .nan, .infinity, -.infinity]
    let image = GreyImage(width: 8, height: 1, values: values, in: 2...4)
    #expect(image.pixels == [0, 65_535, 32_768, 0, 65_535, 0, 65_535, 0])
    #expect(GreyImage(width: 2, height: 1, values: [3, 4], in: 3...3).pixels == [0, 65_535])
  }

  @Test("A picture has an opacity where it is given one") func opacity() throws {
    let image = RasterImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    let png = try image.png(alpha: [255, 128])
    #expect(header(png) == [2, 1, 8, 6])
    let flags = PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA
    #expect(try samples(png, flags, zero: UInt8(0), count: 8) == [1, 2, 3, 255, 4, 5, 6, 128])
    #expect(header(try image.png()) == [2, 1, 8, 2])
  }
}
