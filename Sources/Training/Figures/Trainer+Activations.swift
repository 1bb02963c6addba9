import FeedbackAlignment
import Networks
import Torch

extension Trainer where Task: EmbeddableTask {
  /// What the network has at one of its feedback points for the task's alignment batch, in evaluation mode.
  ///
  /// - Parameter path: the path of the point; the last point below the output when nil.
  /// - Throws: ``ConfigurationError`` when there is no such point or its rows are not those that have classes,
  ///   and what the task throws when it reads the batch.
  public func activations(at path: String? = nil) throws -> PointActivations {
    let batch = try task.alignmentBatch()
    let recorder = ActivationRecorder()
    withoutGradient { _ = task.loss(batch, Pass(.evaluation, generator: generator, recorder: recorder)) }
    let known = recorder.activations.map(\.point.path)
    guard let path = path ?? recorder.last?.path, let all = recorder.rows(at: path) else {
      let reason =
        known.isEmpty
        ? "this network has no feedback point"
        : noneOf(known, path ?? "")
      throw ConfigurationError.value(key: "--point", reason: reason)
    }
    let labelled = task.labelledRows(of: batch)
    let count = labelled.classes.shape[0]
    guard labelled.rows != nil || all.shape[0] == count else {
      throw ConfigurationError.value(
        key: "--point", reason: "'\(path)' has \(all.shape[0]) rows, of which \(count) have a class")
    }
    return PointActivations(
      point: path, rows: (labelled.rows.map { all.gathered(0, $0) } ?? all).to(.float32),
      classes: labelled.classes)
  }
}

/// What a network has at a feedback point, with the classes of the rows.
public struct PointActivations: Sendable {
  /// The path of the point.
  public let point: String
  /// The activations.
  ///
  /// **Shape** `[n, width]`, `float32`
  public let rows: Tensor
  /// The class of each row.
  ///
  /// **Shape** `[n]`, `int64`
  public let classes: Tensor
}
