/// A random order of the numbers 0 ..< count that is computed, not stored: a Feistel network of eight rounds over the
/// least power of two that holds them, walked until it gives one of them.
///
/// `permutation[i]` takes under two walks on average, and no memory, however many numbers there are.
///
/// **Source** Black and Rogaway 2002, Ciphers with arbitrary finite domains (cycle walking).
public struct IndexPermutation: Sendable {
  /// How many numbers there are.
  public let count: Int
  private let leftBits: UInt64
  private let rightBits: UInt64
  private let keys: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

  /// The order of a seed.
  public init(count: Int, seed: UInt64) {
    self.count = count
    let bits = UInt64(max(2, Int.bitWidth - (max(count, 1) - 1).leadingZeroBitCount))
    leftBits = bits / 2
    rightBits = bits - leftBits
    func key(_ round: UInt64) -> UInt64 { Self.mixed(seed &+ (round + 1) &* 0x9e37_79b9_7f4a_7c15) }
    keys = (key(0), key(1), key(2), key(3), key(4), key(5), key(6), key(7))
  }

  /// Where a number goes; each number of 0 ..< count comes from just one.
  @inline(__always)
  public subscript(index: Int) -> Int {
    guard index >= 0, index < count else { fatalError("IndexPermutation: \(index) is not in 0 ..< \(count)") }
    var number = UInt64(index)
    repeat { number = walked(number) } while number >= UInt64(count)
    return Int(number)
  }

  @inline(__always)
  private func walked(_ number: UInt64) -> UInt64 {
    let (leftMask, rightMask) = ((1 << leftBits) &- 1, (1 << rightBits) &- 1) as (UInt64, UInt64)
    var (left, right) = (number >> rightBits, number & rightMask)
    left ^= Self.mixed(right ^ keys.0) & leftMask
    right ^= Self.mixed(left ^ keys.1) & rightMask
    left ^= Self.mixed(right ^ keys.2) & leftMask
    right ^= Self.mixed(left ^ keys.3) & rightMask
    left ^= Self.mixed(right ^ keys.4) & leftMask
    right ^= Self.mixed(left ^ keys.5) & rightMask
    left ^= Self.mixed(right ^ keys.6) & leftMask
    right ^= Self.mixed(left ^ keys.7) & rightMask
    return left << rightBits | right
  }

  @inline(__always)
  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = (value ^ value >> 32) &* 0xd6e8_feb8_6659_fd93
    bits = (bits ^ bits >> 32) &* 0xd6e8_feb8_6659_fd93
    return bits ^ bits >> 32
  }
}
