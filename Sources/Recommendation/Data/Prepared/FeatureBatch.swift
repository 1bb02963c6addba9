import Torch
import Training

/// Rows as networks take them.
public struct FeatureBatch: CapturableBatch, Sendable {
  /// For each row and field, a row of the table of all fields.
  ///
  /// **Shape** `[B, F]`, `int64`
  public let features: Tensor
  /// 1 for a positive row, else 0.
  ///
  /// **Shape** `[B]`, `float32`
  public let labels: Tensor

  /// Rows with a label each.
  public init(features: Tensor, labels: Tensor) { (self.features, self.labels) = (features, labels) }

  /// B, the number of rows.
  public var sampleCount: Int { labels.shape[0] }

  /// The features and the labels.
  public var tensors: [Tensor] { [features, labels] }

  /// Other rows.
  public func replacing(_ tensors: [Tensor]) -> FeatureBatch {
    FeatureBatch(features: tensors[0], labels: tensors[1])
  }

  /// The same rows on a device.
  public func to(_ device: Device) -> FeatureBatch {
    FeatureBatch(features: features.to(device), labels: labels.to(device))
  }

  /// Parts of the rows, one after the other.
  /// - Parameters:
  ///   - count: How many at most.
  ///   - fewest: How many rows a part has at least, where there are so many.
  public func parts(_ count: Int, ofAtLeast fewest: Int = 1) -> [MicroBatch<FeatureBatch>] {
    MicroBatch.split(sampleCount, into: count, ofAtLeast: fewest) { range in
      FeatureBatch(
        features: features.narrowed(0, start: range.lowerBound, length: range.count),
        labels: labels.narrowed(0, start: range.lowerBound, length: range.count))
    }
  }
}
