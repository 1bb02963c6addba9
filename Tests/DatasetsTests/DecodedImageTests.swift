import CPNG
import Datasets
import TestSupport
import Testing

@Suite("Image files") struct DecodedImageTests {
  private func decoded(_ bytes: [UInt8]) throws -> DecodedImage {
    try DecodedImage(DataFile(path: "x.image", bytes: bytes))
  }

  private func reason(_ bytes: [UInt8]) -> String? {
    do {
      _ = try decoded(bytes)
      return nil
    } catch DataError.malformed(let path, _, let reason) where path == "x.image" {
      return reason
    } catch {
      return "\(error)"
    }
  }

  @Test("JPEG images in colour and in grey come as red, green and blue") func jpeg() throws {
    for components: [UInt8] in [[200, 40, 90], [77]] {
      let image = try decoded(ImageFiles.jpeg(components, width: 17, height: 9))
      #expect(image.width == 17 && image.height == 9 && image.pixels.count == 17 * 9 * 3)
      for (index, value) in image.pixels.enumerated() {
        #expect(abs(Int(value) - Int(components[index % 3 % components.count])) <= 2)
      }
    }
  }

  @Test("PNG images come as they are, grey ones three times, transparent ones without transparency")
  func png() throws {
    let colours: [UInt8] = [1, 2, 3, 4, 5, 6, 250, 251, 252, 0, 255, 128, 9, 8, 7, 60, 50, 40]
    let plain = try decoded(
      ImageFiles.png(colours, width: 3, height: 2, format: Int32(PNG_FORMAT_FLAG_COLOR)))
    #expect(plain.width == 3 && plain.height == 2 && plain.pixels == colours)
    let grey = try decoded(ImageFiles.png([0, 100, 255], width: 1, height: 3, format: 0))
    #expect(grey.pixels == [0, 0, 0, 100, 100, 100, 255, 255, 255])
    let transparent = try decoded(
      ImageFiles.png(
        [10, 20, 30, 0, 40, 50, 60, 128], width: 2, height: 1,
        format: Int32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)))
    #expect(transparent.pixels == [10, 20, 30, 40, 50, 60])
  }

  @Test("Opacity is that of the file, also by a transparent colour, and nil where it says nothing of it")
  func alpha() throws {
    let transparent = ImageFiles.png(
      [10, 20, 30, 0, 40, 50, 60, 128], width: 2, height: 1,
      format: Int32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA))
    #expect(try decoded(transparent).alpha == [0, 128])
    let plain = ImageFiles.png(
      [10, 20, 30, 40, 50, 60], width: 2, height: 1, format: Int32(PNG_FORMAT_FLAG_COLOR))
    #expect(try decoded(plain).alpha == nil)
    #expect(try decoded(ImageFiles.jpeg([200, 40, 90])).alpha == nil)
    // The colour 40, 50, 60 of 16 bits each, between the header and the samples.
    let samples = try #require(plain.firstRange(of: Array("IDAT".utf8))).lowerBound - 4
    let colour = ImageFiles.chunk("tRNS", [0, 40, 0, 50, 0, 60])
    let named = try decoded(Array(plain.prefix(33)) + colour + plain[samples...])
    #expect(named.alpha == [255, 0] && named.pixels == [10, 20, 30, 40, 50, 60])
  }

  @Test("PNG samples come as they are stored, whatever gamma, primaries and profile the file claims")
  func gamma() throws {
    let values = [UInt8](0..<48)
    let chunks = [
      ImageFiles.chunk("gAMA", ImageFiles.bigEndian(55556)),
      ImageFiles.chunk("gAMA", ImageFiles.bigEndian(100_000)),
      ImageFiles.chunk("gAMA", ImageFiles.bigEndian(55556))
        + ImageFiles.chunk(
          "cHRM",
          [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000].flatMap(ImageFiles.bigEndian)),
      ImageFiles.chunk("sRGB", [0]) + ImageFiles.chunk("gAMA", ImageFiles.bigEndian(30000)),
      ImageFiles.chunk("tEXt", Array("Title\0gAMA".utf8)),
    ]
    for format in [0, PNG_FORMAT_FLAG_COLOR, PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA] {
      let file = ImageFiles.png(values, width: 4, height: format == 0 ? 12 : 3, format: Int32(format))
      let plain = try decoded(file)
      let samples = try #require(file.firstRange(of: Array("IDAT".utf8))).lowerBound - 4
      for chunk in chunks {
        // Between the header, which is 33 bytes with the signature, and the samples, in place of the encoder's own claim.
        #expect(try decoded(Array(file.prefix(33)) + chunk + file[samples...]) == plain)
      }
    }
  }

  @Test("What cannot be read is refused by name and reason") func refused() throws {
    #expect(reason([]) == "an empty file")
    #expect(reason(Array("GIF89a".utf8)) == "neither a JPEG nor a PNG image")
    let linear = Int32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_LINEAR)
    let wide = ImageFiles.png([UInt8](repeating: 7, count: 24), width: 2, height: 2, format: linear)
    let text = try #require(reason(wide))
    #expect(text.contains("16 bits") && text.contains("skipsDamaged"))
  }

  @Test("Images that claim more pixels than are read are refused before memory is taken for them")
  func tooLarge() throws {
    let limit = "32768 x 32768 pixels, where at most 268435456 are read"
    let size = ImageFiles.bigEndian(32768)
    let header = ImageFiles.chunk("IHDR", size + size + [8, 2, 0, 0, 0])
    let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    #expect(
      reason(signature + header + ImageFiles.chunk("IDAT", [0]) + ImageFiles.chunk("IEND", [])) == limit)
    var jpeg = ImageFiles.jpeg([1, 2, 3])
    let frame = try #require(jpeg.firstRange(of: [0xff, 0xc0])).lowerBound
    jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0x80, 0, 0x80, 0])
    #expect(reason(jpeg) == limit)
  }

  @Test("JPEG images in the four inks of print become the colours that these leave") func inks() throws {
    let image = try decoded(ImageFiles.jpeg([250, 100, 30, 128]))
    for (index, value) in image.pixels.enumerated() {
      #expect(abs(Int(value) - [125, 50, 15][index % 3]) <= 3)
    }
    let white = try decoded(ImageFiles.jpeg([255, 255, 255, 255]))
    #expect(white.pixels.allSatisfy { $0 >= 253 })
  }

  /// JPEG files with the pixels of `clean` of which libjpeg warns.
  private func oddFiles(_ clean: [UInt8]) throws -> [String: [UInt8]] {
    var version = clean
    version.replaceSubrange(11..<13, with: [0, 0])
    var parameters = clean
    let scan = try #require(clean.firstRange(of: [0xff, 0xda])).lowerBound
    // The last coefficient that the scan has, 63.
    parameters[scan + 11] = 0
    let frame = try #require(clean.firstRange(of: [0xff, 0xc0])).lowerBound
    let stray: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    return [
      "version": version, "parameters": parameters,
      "stray bytes before the frame": clean.prefix(frame) + stray + clean.dropFirst(frame),
      "stray bytes before the end": clean.dropLast(2) + stray + clean.suffix(2),
    ]
  }

  @Test("JPEG images of which libjpeg has but a harmless warning come like those without it") func warnings()
    throws
  {
    let clean = ImageFiles.jpeg([200, 40, 90], width: 40, height: 24)
    let expected = try decoded(clean)
    for (name, file) in try oddFiles(clean) { #expect(try decoded(file) == expected, "\(name)") }
  }

  @Test("A harmless warning hides neither that a file ends early nor an error that follows") func hidden()
    throws
  {
    for (name, file) in try oddFiles(ImageFiles.jpeg([200, 40, 90])) {
      for end in 0..<file.count { #expect(reason(Array(file.prefix(end))) != nil, "\(name), \(end) bytes") }
      var other = file
      // The tables of quantization become comments.
      while let table = other.firstRange(of: [0xff, 0xdb]) { other[table.lowerBound + 1] = 0xfe }
      #expect(reason(other) != nil, "\(name)")
    }
  }

  @Test("A file that ends early, or has a damaged byte, is an error or another image, never a crash")
  func damaged()
    throws
  {
    let files = [
      ImageFiles.jpeg([200, 40, 90]),
      ImageFiles.png([UInt8](0..<48), width: 4, height: 4, format: Int32(PNG_FORMAT_FLAG_COLOR)),
    ]
    for file in files {
      for end in 0..<(file.count - 12) { #expect(reason(Array(file.prefix(end))) != nil, "\(end) bytes") }
      for index in file.indices {
        var other = file
        other[index] ^= 0xff
        _ = reason(other)
      }
    }
  }
}
