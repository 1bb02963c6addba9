import Torch

/// A task that knows the classes of the rows at its feedback points, so that they can be shown in colours.
public protocol EmbeddableTask: TrainingTask {
  /// The rows of a batch whose class is known.
  func labelledRows(of batch: Batch) -> LabelledRows
  /// What the classes of a configuration's data are called, in their order; nil, the default, where nobody says.
  static func classNames(_ configuration: Configuration) -> [String]?
}

extension EmbeddableTask {
  /// Nil.
  public static func classNames(_ configuration: Configuration) -> [String]? { nil }
}

/// Rows of a feedback point's tensor and their classes.
public struct LabelledRows: Sendable {
  /// The numbers of the rows; nil when they are all there are, in their order.
  ///
  /// **Shape** `[n]`, `int64`
  public let rows: Tensor?
  /// Their classes.
  ///
  /// **Shape** `[n]`, `int64`
  public let classes: Tensor

  /// Rows with a class each.
  public init(_ rows: Tensor? = nil, classes: Tensor) {
    self.rows = rows
    self.classes = classes
  }
}
