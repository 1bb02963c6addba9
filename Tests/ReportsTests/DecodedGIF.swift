/// Reads the frames of a GIF that has what ``GIFAnimation`` writes, by the specification's way back.
struct DecodedGIF {
  let width, height: Int
  private(set) var delays: [Int] = []
  /// Red, green and blue of each pixel of each frame.
  private(set) var frames: [[UInt8]] = []
  private(set) var isEndless = false
  private(set) var isWhole = false

  init(_ bytes: [UInt8]) {
    func number(_ start: Int) -> Int { Int(bytes[start]) | Int(bytes[start + 1]) << 8 }
    (width, height) = (number(6), number(8))
    var place = 13
    while place < bytes.count {
      switch bytes[place] {
      case 0x21:
        if bytes[place + 1] == 0xf9 { delays.append(number(place + 4)) }
        if bytes[place + 1] == 0xff { isEndless = number(place + 16) == 0 }
        _ = Self.blocks(bytes, &place, after: 2)
      case 0x2c:
        let colors = 1 << (Int(bytes[place + 9] & 7) + 1)
        let table = place + 10
        place = table + 3 * colors
        let width = Int(bytes[place])
        let symbols = Self.symbols(Self.blocks(bytes, &place, after: 1), width)
        frames.append(symbols.flatMap { bytes[table + 3 * $0..<table + 3 * $0 + 3] })
      default:
        isWhole = bytes[place] == 0x3b && place == bytes.count - 1
        return
      }
    }
  }

  private static func blocks(_ bytes: [UInt8], _ place: inout Int, after count: Int) -> [UInt8] {
    var content: [UInt8] = []
    place += count
    while bytes[place] > 0 {
      content += bytes[place + 1...place + Int(bytes[place])]
      place += Int(bytes[place]) + 1
    }
    place += 1
    return content
  }

  private static func symbols(_ bytes: [UInt8], _ bits: Int) -> [Int] {
    let clear = 1 << bits
    var (width, position) = (bits + 1, 0)
    var strings = (0..<clear + 2).map { [$0] }
    var last: [Int]?
    var symbols: [Int] = []
    while true {
      let code = (0..<width).reduce(0) {
        $0 | Int(bytes[(position + $1) / 8] >> ((position + $1) % 8) & 1) << $1
      }
      position += width
      if code == clear + 1 { return symbols }
      if code == clear {
        strings.removeLast(strings.count - clear - 2)
        (width, last) = (bits + 1, nil)
        continue
      }
      if let last {
        if strings.count < 4_096 {
          strings.append(last + [code < strings.count ? strings[code][0] : last[0]])
        }
        if strings.count == 1 << width, width < 12 { width += 1 }
      }
      symbols += strings[code]
      last = strings[code]
    }
  }
}
