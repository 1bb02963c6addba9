import CTurboJPEG

extension DecodedImage {
  /// What the library warns of, with the image whole: stray bytes, odd version numbers and parameters that it does not
  /// need, as parts of its messages.
  private static let harmlessWarnings = [
    "extraneous bytes before marker", "unknown JFIF revision number", "Invalid SOS parameters for sequential",
    "Unknown Adobe color transform code", "bad ICC marker",
  ]

  /// Decodes by libjpeg-turbo.
  init(jpeg file: DataFile) throws(DataError) {
    guard let decoder = tjInitDecompress() else { throw Self.damaged(file, "no memory") }
    defer { tjDestroy(decoder) }
    var (width, height, sampling, colours) = (Int32(), Int32(), Int32(), Int32())
    let count = UInt(file.bytes.count)
    try Self.check(
      tjDecompressHeader3(decoder, file.bytes, count, &width, &height, &sampling, &colours), decoder, file)
    try Self.checkSize(Int(width), Int(height), of: file)
    let isInk = [TJCS_CMYK, TJCS_YCCK].contains { colours == Int32($0.rawValue) }
    let format = isInk ? TJPF_CMYK : TJPF_RGB
    var samples = [UInt8](repeating: 0, count: Int(width) * Int(height) * (isInk ? 4 : 3))
    try Self.check(
      tjDecompress2(decoder, file.bytes, count, &samples, width, 0, height, Int32(format.rawValue), 0),
      decoder, file)
    self.init(width: Int(width), height: Int(height), pixels: isInk ? Self.colours(ofInks: samples) : samples)
  }

  /// A file that ends early, or has damaged data, is only worth a warning to the library, which makes up the rest of the
  /// image; it is an error here.
  private static func check(_ result: Int32, _ decoder: tjhandle, _ file: DataFile) throws(DataError) {
    guard result != 0 else { return }
    let message = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "no reason given"
    // An error that follows a warning still has the code of one, but a message of its own.
    guard tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue),
      harmlessWarnings.contains(where: message.contains)
    else { throw damaged(file, message) }
    // Only the first of several warnings has its message kept.
    guard hasEnd(file.bytes) else { throw damaged(file, "it ends early") }
  }

  /// Whether the marker of the end follows the segments and the data of a JPEG file.
  private static func hasEnd(_ bytes: [UInt8]) -> Bool {
    var index = 2
    while index + 1 < bytes.count {
      switch (bytes[index], bytes[index + 1]) {
      case (0xff, 0xd9): return true
      case (0xff, 0xff): index += 1
      // A byte of the data, or a marker that stands alone.
      case (0xff, 0x00...0x01), (0xff, 0xd0...0xd8): index += 2
      case (0xff, _):
        guard index + 3 < bytes.count else { return false }
        index += 2 + (Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]))
      default: index += 1
      }
    }
    return false
  }

  /// Red, green and blue of pixels of four inks, of which 255 is none, as Adobe writes them and Pillow reads them.
  private static func colours(ofInks inks: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: inks.count / 4 * 3) { buffer, count in
      for pixel in 0..<inks.count / 4 {
        let light = Int(inks[pixel * 4 + 3])
        for channel in 0..<3 {
          let product = (255 - Int(inks[pixel * 4 + channel])) * light + 128
          buffer[pixel * 3 + channel] = UInt8(light - (((product >> 8) + product) >> 8))
        }
      }
      count = inks.count / 4 * 3
    }
  }

  private static func damaged(_ file: DataFile, _ reason: String) -> DataError {
    .malformed(path: file.path, offset: nil, reason: "no whole JPEG image: \(reason)")
  }
}
