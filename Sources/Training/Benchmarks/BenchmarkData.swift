import Torch

/// Random inputs and targets of one batch, for a ``BenchmarkNetwork``.
public struct BenchmarkData {
  /// What everything is drawn from.
  public let generator: RandomGenerator
  /// Rows of the batch.
  public let batch: Int

  /// Normal numbers.
  ///
  /// **Shape** `[batch] + shape`
  public func inputs(_ shape: Int...) -> Tensor { generator.normal([batch] + shape) }

  /// Classes drawn uniformly.
  ///
  /// **Shape** `[batch] + shape`, `int64` in 0 ..< count
  public func classes(_ count: Int, _ shape: Int...) -> Tensor {
    (generator.uniform([batch] + shape) * Double(count)).floor().to(.int64)
  }

  /// Zeros and ones.
  ///
  /// **Shape** `[batch, 1]`
  public func labels() -> Tensor { classes(2, 1).to(.float32) }
}
