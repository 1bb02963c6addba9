import CTorch

/// Random numbers by their place: the element in row i and column j of an endless matrix depends on the seed, i
/// and j alone, so that any block of it can be drawn again without the rest.
///
/// The numbers are the same on every machine and for every number of threads.
///
/// **Source** Philox4x32-10: J. Salmon, M. Moraes, R. Dror, D. Shaw: Parallel random numbers: as easy as 1, 2,
/// 3, 2011. The seed is its key; column and row are its counter.
public struct CounterGenerator: Hashable, Sendable {
  /// What elements are drawn from.
  public enum Distribution: Int8, Sendable {
    /// Uniform in [-1, 1).
    case uniform = 0
    /// Normal with mean 0 and deviation 1 (Box and Muller 1958).
    case normal = 1
    /// 1 or -1, each with probability 1/2; one bit makes one.
    case sign = 2
  }

  /// What the numbers are given by.
  public let seed: UInt64

  /// The matrix of a seed.
  public init(seed: UInt64) { self.seed = seed }

  /// A block of the matrix, as `float32` on the CPU.
  ///
  /// **Shape** `[rows.count, columns.count]`
  /// - Parameters:
  ///   - distribution: What the elements are drawn from.
  ///   - rows: The rows, each less than 2³².
  ///   - columns: The columns.
  ///   - scale: What the elements are multiplied by.
  ///   - density: The probability that an element is kept and not 0, decided by a number of its own; signs are
  ///     all kept.
  public func block(
    _ distribution: Distribution, rows: Range<Int>, columns: Range<Int>, scale: Double = 1,
    density: Double = 1
  ) -> Tensor {
    LibTorch.initialize()
    return Tensor.made(
      ctorch_counter_block(
        seed, distribution.rawValue, scale, density, rows.lowerBound, rows.count, columns.lowerBound,
        columns.count), by: #function)
  }

  /// The four words that Philox4x32-10 makes of a counter of four words and a key of two.
  package static func words(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    precondition(counter.count == 4 && key.count == 2)
    return [UInt32](unsafeUninitializedCapacity: 4) { buffer, count in
      ctorch_philox(counter, key, buffer.baseAddress)
      count = 4
    }
  }
}
