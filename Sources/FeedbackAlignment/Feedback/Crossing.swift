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

  package init(point: FeedbackPoint, shape: [Int], occurrence: Int) {
    self.point = point
    self.shape = shape
    self.occurrence = occurrence
  }

  /// The number of elements of one row.
  var width: Int { shape.dropFirst(point.rowDimensions).reduce(1, *) }
}

extension [Crossing] {
  /// Notes that a pass crosses a point, with how often it had before.
  mutating func note(_ point: FeedbackPoint, _ x: Tensor) {
    let occurrence = count { $0.point.path == point.path }
    append(Crossing(point: point, shape: x.shape, occurrence: occurrence))
  }
}

extension FeedbackPoint.Level {
  /// Whether points of this level receive the error when a method sends it to `level`: blocks end layers too.
  func isSent(at level: FeedbackPoint.Level) -> Bool { self == .block || level == .layer }
}
