import DirectFeedback

/// Random inputs and targets of one batch.
struct BenchmarkData {
  let generator: RandomGenerator
  /// Rows of the batch.
  let batch: Int

  /// Normal numbers.
  ///
  /// **Shape** `[batch] + shape`
  func inputs(_ shape: Int...) -> Tensor { generator.normal([batch] + shape) }

  /// Classes drawn uniformly.
  ///
  /// **Shape** `[batch] + shape`, `int64` in 0 ..< count
  func classes(_ count: Int, _ shape: Int...) -> Tensor {
    (generator.uniform([batch] + shape) * Double(count)).floor().to(.int64)
  }

  /// Zeros and ones.
  ///
  /// **Shape** `[batch, 1]`
  func labels() -> Tensor { classes(2, 1).to(.float32) }
}
