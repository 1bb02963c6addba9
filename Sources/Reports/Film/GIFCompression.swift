/// The compression of GIF files: codes of growing width for strings that were there before.
///
/// **Source** Welch 1984, "A technique for high-performance data compression"; GIF89a specification, appendix F.
struct GIFCompression {
  /// A prime near the golden section of 2^32, by which keys are scattered.
  private static let scatter: UInt32 = 2_654_435_769
  /// How many codes there can be: of twelve bits.
  private static let codeLimit = 4_096

  private let clear: Int
  private var next: Int
  private var width: Int
  /// For each place, a code times 256 and a symbol, or -1, and the code of the string of both.
  private var keys = [Int32](repeating: -1, count: 1 << 13)
  private var codes = [UInt16](repeating: 0, count: 1 << 13)
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var bytes: [UInt8] = []

  /// Symbols as codes, in blocks after the width that the codes begin with.
  /// - Parameters:
  ///   - symbols: Numbers of at most that many bits.
  ///   - width: From 2 to 8.
  static func blocks(_ symbols: [UInt8], width: Int) -> [UInt8] {
    var compression = GIFCompression(width: width)
    compression.compress(symbols)
    var blocks = [UInt8(width)]
    for start in stride(from: 0, to: compression.bytes.count, by: 255) {
      let block = compression.bytes[start..<min(start + 255, compression.bytes.count)]
      blocks.append(UInt8(block.count))
      blocks += block
    }
    return blocks + [0]
  }

  private init(width: Int) {
    clear = 1 << width
    next = clear + 2
    self.width = width + 1
  }

  private mutating func compress(_ symbols: [UInt8]) {
    emit(clear)
    var prefix: Int?
    for symbol in symbols {
      guard let last = prefix else {
        prefix = Int(symbol)
        continue
      }
      let place = place(of: last, symbol)
      if keys[place] >= 0 {
        prefix = Int(codes[place])
        continue
      }
      emit(last)
      add(at: place, last, symbol)
      prefix = Int(symbol)
    }
    if let prefix { emit(prefix) }
    emit(clear + 1)
    if bitCount > 0 { bytes.append(UInt8(truncatingIfNeeded: bits)) }
  }

  /// Where the string of a code and a symbol is, or would be.
  private func place(of code: Int, _ symbol: UInt8) -> Int {
    let key = Int32(code << 8 | Int(symbol))
    var place = Int((UInt32(bitPattern: key) &* Self.scatter) >> 19)
    while keys[place] >= 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    return place
  }

  /// Gives a string the next code, or begins anew where there is none.
  private mutating func add(at place: Int, _ code: Int, _ symbol: UInt8) {
    guard next < Self.codeLimit else {
      emit(clear)
      for index in keys.indices { keys[index] = -1 }
      next = clear + 2
      width = clear.trailingZeroBitCount + 1
      return
    }
    keys[place] = Int32(code << 8 | Int(symbol))
    codes[place] = UInt16(next)
    // A reader knows this code when it has read the next one, which has its width.
    if next == 1 << width { width += 1 }
    next += 1
  }

  private mutating func emit(_ code: Int) {
    bits |= UInt32(code) << bitCount
    bitCount += width
    while bitCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      bitCount -= 8
    }
  }
}
