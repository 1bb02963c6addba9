import CTurboJPEG

extension DecodedImage {
  /// Decodes by libjpeg-turbo.
  init(jpeg file: DataFile) throws(DataError) {
    guard let decoder = tjInitDecompress() else { throw Self.error(file, nil) }
    defer { tjDestroy(decoder) }
    var (width, height, sampling, colours) = (Int32(), Int32(), Int32(), Int32())
    let count = UInt(file.bytes.count)
    guard tjDecompressHeader3(decoder, file.bytes, count, &width, &height, &sampling, &colours) == 0 else {
      throw Self.error(file, decoder)
    }
    guard colours != Int32(TJCS_CMYK.rawValue), colours != Int32(TJCS_YCCK.rawValue) else {
      throw DataError.malformed(
        path: file.path, offset: nil,
        reason: "in CMYK, the inks of print, where red, green and blue are read")
    }
    try Self.checkSize(Int(width), Int(height), of: file)
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 3)
    // A file that ends early is only worth a warning to the library, which makes up the rest of the image.
    let result = tjDecompress2(
      decoder, file.bytes, count, &pixels, width, 0, height, Int32(TJPF_RGB.rawValue), TJFLAG_STOPONWARNING)
    guard result == 0 else { throw Self.error(file, decoder) }
    self.init(width: Int(width), height: Int(height), pixels: pixels)
  }

  private static func error(_ file: DataFile, _ decoder: tjhandle?) -> DataError {
    .malformed(
      path: file.path, offset: nil,
      reason: "no whole JPEG image: " + (tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "no memory"))
  }
}
