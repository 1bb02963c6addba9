import Basics
import Networks
import Torch

/// The order of samples in each epoch: a new permutation for every epoch, drawn from the seed and the epoch's
/// number alone, so that a resumed run has the same batches.
///
/// An epoch is cut into batches by ``BatchSpans``.
public final class BatchOrder {
  private let spans: BatchSpans
  private let seed: UInt64
  private let device: Device
  private var epoch = -1
  private var permutation = Tensor.zeros([0], dtype: .int64)

  /// - Parameters:
  ///   - count: The number of samples.
  ///   - batchSize: Samples in a step; the last step of an epoch may have fewer, or one more.
  ///   - seed: What the permutations are drawn from.
  ///   - device: Where the indices lie.
  public init(count: Int, batchSize: Int, seed: UInt64, device: Device) {
    spans = BatchSpans(count: count, batchSize: batchSize)
    self.seed = seed
    self.device = device
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int { spans.stepsPerEpoch }

  /// The indices of the samples of a step, counted from the beginning of training.
  ///
  /// **Shape** `[B]`, `int64`
  public func indices(_ step: Int) -> Tensor {
    let (epoch, place) = step.quotientAndRemainder(dividingBy: stepsPerEpoch)
    if epoch != self.epoch {
      permutation = RandomGenerator(seed: derivedSeed(seed, "order/\(epoch)")).permutation(spans.count).to(
        device)
      self.epoch = epoch
    }
    let span = spans[place]
    return permutation.narrowed(0, start: span.lowerBound, length: span.count)
  }
}
