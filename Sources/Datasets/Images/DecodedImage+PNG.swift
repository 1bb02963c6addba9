import CPNG

extension DecodedImage {
  /// Decodes by libpng.
  init(png file: DataFile) throws(DataError) {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    var hasAlpha = false
    // libpng keeps the address until the image is finished.
    let pixels: Result<[UInt8], DataError> = Self.stored(file.bytes).withUnsafeBytes { bytes in
      guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
        return .failure(Self.error(file, image))
      }
      guard image.format & UInt32(PNG_FORMAT_FLAG_LINEAR) == 0 else {
        return .failure(
          .unsupported(path: file.path, reason: "16 bits a channel, where 8 are read"))
      }
      do throws(DataError) {
        try Self.checkSize(Int(image.width), Int(image.height), of: file)
      } catch {
        return .failure(error)
      }
      // Also where single colours are named as transparent ones.
      hasAlpha = image.format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
      // With its transparency, which libpng would otherwise mix into the colours.
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
      var pixels = [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * 4)
      guard png_image_finish_read(&image, nil, &pixels, 0, nil) != 0 else {
        return .failure(Self.error(file, image))
      }
      return .success(pixels)
    }
    let transparent = try pixels.get()
    self.init(
      width: Int(image.width), height: Int(image.height),
      pixels: [UInt8](unsafeUninitializedCapacity: transparent.count / 4 * 3) { buffer, count in
        for pixel in 0..<transparent.count / 4 {
          for channel in 0..<3 { buffer[pixel * 3 + channel] = transparent[pixel * 4 + channel] }
        }
        count = transparent.count / 4 * 3
      },
      alpha: hasAlpha ? stride(from: 3, to: transparent.count, by: 4).map { transparent[$0] } : nil)
  }

  /// The file without its optional chunks, but for transparency: by those of gamma, primaries and colour profiles
  /// libpng would change the samples that are stored.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stored = Array(bytes.prefix(8))
    var start = stored.count
    // A length, a name of four letters, as many bytes, and a checksum.
    while start + 12 <= bytes.count {
      let end = start + 12 + bytes[start..<(start + 4)].reduce(0) { $0 << 8 | Int($1) }
      guard end <= bytes.count else { break }
      let isOptional = bytes[start + 4] & 0x20 != 0
      if !isOptional || bytes[(start + 4)..<(start + 8)].elementsEqual("tRNS".utf8) {
        stored += bytes[start..<end]
      }
      start = end
    }
    return stored + bytes[start...]
  }

  private static func error(_ file: DataFile, _ image: png_image) -> DataError {
    let reason = withUnsafeBytes(of: image.message) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    return .malformed(path: file.path, offset: nil, reason: "no whole PNG image: \(reason)")
  }
}
