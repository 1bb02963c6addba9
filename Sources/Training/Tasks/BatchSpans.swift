/// How the samples of an epoch, in whatever order, are cut into batches: each of one size, but that the last has what remains. A
/// single sample, which has no variance for batch normalisation to divide by, joins the batch before.
public struct BatchSpans: Equatable, Sendable {
  /// The number of samples.
  public let count: Int
  /// Samples in a step; the last step of an epoch may have fewer, or one more.
  public let batchSize: Int

  /// The batches of so many samples.
  public init(count: Int, batchSize: Int) { (self.count, self.batchSize) = (count, batchSize) }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int {
    let (whole, rest) = count.quotientAndRemainder(dividingBy: batchSize)
    return whole + (rest == 0 || rest == 1 && whole > 0 ? 0 : 1)
  }

  /// The samples of a step of the epoch, from 0 on, by their places in its order.
  public subscript(place: Int) -> Range<Int> {
    place * batchSize..<(place == stepsPerEpoch - 1 ? count : (place + 1) * batchSize)
  }
}
