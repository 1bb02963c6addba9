/// A part of a batch.
public struct MicroBatch<Batch> {
  /// The samples.
  public let batch: Batch
  /// The part's share of the batch's loss: its samples by the batch's, where the loss is a mean over samples.
  public let weight: Double

  /// A part.
  public init(_ batch: Batch, weight: Double) {
    self.batch = batch
    self.weight = weight
  }

  /// Cuts a number of samples into parts that differ by one at most.
  /// - Parameters:
  ///   - count: The samples of the batch.
  ///   - parts: How many parts at most.
  ///   - fewest: How many samples a part has at least, where there are so many.
  ///   - part: The samples of a range.
  package static func split(
    _ count: Int, into parts: Int, ofAtLeast fewest: Int = 1, _ part: (Range<Int>) -> Batch
  ) -> [MicroBatch] {
    let parts = max(1, min(parts, count / fewest))
    return (0..<parts).map { index in
      let range = index * count / parts..<(index + 1) * count / parts
      return MicroBatch(part(range), weight: Double(range.count) / Double(max(count, 1)))
    }
  }
}
