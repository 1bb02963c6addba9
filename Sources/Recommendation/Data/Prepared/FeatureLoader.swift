import Basics
import Torch
import Training

/// The batches of a part of prepared rows, made on background threads before they are asked for.
public final class FeatureLoader: Sendable {
  /// The order of an epoch.
  public enum Order: Hashable, Sendable {
    /// Another for each epoch, which the seed and the epoch's number alone decide: a permutation of all row numbers
    /// that is computed, not stored (``IndexPermutation``). On a file that is larger than memory each row is a read
    /// of its own.
    case shuffled(seed: UInt64)
    /// The order of the sources in every epoch. The published code has this: the same permuted order in all epochs.
    case fixed
  }

  /// How an epoch is cut into batches.
  public let spans: BatchSpans
  private let prefetcher: Prefetcher<FeatureBatch>
  private let device: Device

  /// - Parameters:
  ///   - data: The rows.
  ///   - split: The part.
  ///   - batchSize: Samples in a step.
  ///   - order: The order of the rows.
  ///   - device: Where batches lie.
  ///   - ahead: How many batches are made before they are asked for.
  /// - Throws: ``PreparationError/emptyPart(name:part:reason:)`` where the part has no rows.
  public init(
    _ data: PreparedData, _ split: Split, batchSize: Int, order: Order, device: Device = .cpu, ahead: Int = 2
  ) throws {
    let count = data.count(split)
    guard count > 0 else {
      throw PreparationError.emptyPart(name: data.summary.name, part: split.rawValue, reason: "none")
    }
    require(batchSize > 0, "FeatureLoader: a batch needs at least one row, not \(batchSize)")
    self.device = device
    let spans = BatchSpans(count: count, batchSize: batchSize)
    self.spans = spans
    let steps = spans.stepsPerEpoch
    prefetcher = Prefetcher(ahead: ahead) { number in
      let (epoch, place) = number.quotientAndRemainder(dividingBy: steps)
      let range = spans[place]
      switch order {
      case .fixed: return try data.batch(split, range)
      case .shuffled(let seed):
        let permutation = IndexPermutation(count: count, seed: derivedSeed(seed, "order/\(epoch)"))
        return try data.batch(split, range.map { permutation[$0] })
      }
    }
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int { spans.stepsPerEpoch }

  /// The batch of a step, counted from the beginning of training.
  /// - Parameters:
  ///   - step: From 0 on; in any order, but those that follow each other are prefetched.
  ///   - count: How many steps there are; none is made beyond.
  /// - Throws: What ``PreparedData/batch(_:_:)`` throws.
  public func batch(_ step: Int, of count: Int = .max) throws -> FeatureBatch {
    try prefetcher.value(step, of: count).to(device)
  }
}
