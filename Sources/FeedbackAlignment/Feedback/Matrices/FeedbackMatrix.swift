import Torch

/// A fixed random matrix B that projects an error to a point.
package protocol FeedbackMatrix {
  /// The type that errors must have.
  var dtype: DType { get }
  /// The device that errors must be on.
  var device: Device { get }
  /// The number of rows of B.
  var errorWidth: Int { get }
  /// The number of columns of B.
  var width: Int { get }
  /// What a checkpoint keeps, by part; the only part of most is named "". Nothing where B is drawn anew for each
  /// projection.
  var tensors: [String: Tensor] { get }

  /// `e B`.
  ///
  /// **Shape** `[rows, errorWidth]` to `[rows, width]`
  func project(_ error: Tensor) -> Tensor
}

extension FeedbackMatrix {
  /// Default: feedback is drawn in single precision.
  package var dtype: DType { .float32 }
  /// Bytes that stay in memory between projections.
  package var storedBytes: Int { tensors.values.reduce(0) { $0 + $1.byteCount } }
}
