import CTorch

/// Reductions over all elements, or over one dimension (negative ones count from the last).
extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor { call { ctorch_sum($0) } }
  /// The mean of all elements.
  public func mean() -> Tensor { call { ctorch_mean($0) } }
  /// The largest element.
  public func max() -> Tensor { call { ctorch_max($0) } }
  /// The smallest element.
  public func min() -> Tensor { call { ctorch_min($0) } }
  /// Whether any element is not zero.
  public func any() -> Tensor { call { ctorch_any($0) } }
  /// Whether no element is zero.
  public func all() -> Tensor { call { ctorch_all($0) } }

  /// The sum.
  public func sum(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_sum_over($0, dimension, keep) }
  }
  /// The mean.
  public func mean(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_mean_over($0, dimension, keep) }
  }
  /// The maximum.
  public func max(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_amax_over($0, dimension, keep) }
  }
  /// The minimum.
  public func min(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_amin_over($0, dimension, keep) }
  }
  /// The index of the maximum, as `int64`.
  public func argmax(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_argmax_over($0, dimension, keep) }
  }
  /// The index of the minimum, as `int64`.
  public func argmin(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_argmin_over($0, dimension, keep) }
  }
  /// log(sum(exp(x))), without overflow.
  public func logSumExp(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_logsumexp_over($0, dimension, keep) }
  }
  /// The Euclidean norm.
  public func norm(_ dimension: Int, keepingDimension keep: Bool = false) -> Tensor {
    call { ctorch_norm_over($0, dimension, keep) }
  }
  /// Sums up to and with each element.
  public func cumulativeSum(_ dimension: Int) -> Tensor { call { ctorch_cumsum_dim($0, dimension) } }
  /// Products up to and with each element.
  public func cumulativeProduct(_ dimension: Int) -> Tensor { call { ctorch_cumprod_dim($0, dimension) } }
  /// The maximum over each run of rows, off the graph; minus infinity for an empty run.
  ///
  /// **Shape** `[E, ...]` with starts `[N + 1]` of `int64`, the first 0 and the last E, to `[N, ...]`
  package func segmentMaximum(starts: Tensor) -> Tensor { call(with: starts, ctorch_segment_max) }
}
