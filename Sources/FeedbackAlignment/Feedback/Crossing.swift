import Networks
import Torch

/// A feedback point as a pass crosses it.
public struct Crossing {
  /// The point.
  public let point: FeedbackPoint
  /// The shape of the tensor there.
  public let shape: [Int]
  /// How often the pass had crossed the point before: a network may be called several times in one pass.
  public let occurrence: Int
  /// The type of the tensor there, in which its signal is sent.
  let dtype: DType
  /// Whether the channels of a pixel are side by side there, as convolutions leave them.
  let isChannelsLast: Bool
  /// The tensor there, off the graph; nil where the method does not ask for it.
  var activation: Tensor?

  package init(
    point: FeedbackPoint, shape: [Int], occurrence: Int, dtype: DType = .float32, isChannelsLast: Bool = false
  ) {
    self.point = point
    self.shape = shape
    self.occurrence = occurrence
    self.dtype = dtype
    self.isChannelsLast = isChannelsLast
  }

  /// A point that is crossed with `x` after others have been in the same pass.
  package init(_ point: FeedbackPoint, _ x: Tensor, after others: [Crossing]) {
    self.init(
      point: point, shape: x.shape, occurrence: others.count { $0.point.path == point.path }, dtype: x.dtype,
      isChannelsLast: x.isChannelsLast)
  }

  /// The number of elements of one row.
  var width: Int { shape.dropFirst(point.rowDimensions).reduce(1, *) }
}

extension FeedbackPoint.Level {
  /// Whether points of this level receive the error when a method sends it to `level`: blocks end layers too.
  func isSent(at level: FeedbackPoint.Level) -> Bool { self == .block || level == .layer }
}
