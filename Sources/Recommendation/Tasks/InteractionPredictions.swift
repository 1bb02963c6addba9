import Networks
import Torch
import Training

/// What a network says of raw rows, batch by batch.
public struct InteractionPredictions<Task: InteractionTask> {
  /// What the network says of a line.
  public struct Line: Sendable {
    /// The number of the line, from 1 on.
    public let number: Int
    /// The logit; nil where the line gives no row.
    public let logit: Float?
  }

  private let task: Task
  private let rows: RowEncoder

  /// Predictions of the rows that a reader gives.
  /// - Parameters:
  ///   - task: With the weights.
  ///   - rows: Where rows come from; of the task's data.
  public init(_ task: Task, _ rows: RowEncoder) { (self.task, self.rows) = (task, rows) }

  /// What is said of the next lines, in their order.
  /// - Parameter count: How many lines at most.
  /// - Returns: Nil at the end.
  /// - Throws: What ``RowEncoder/next(_:)`` throws.
  public func next(_ count: Int = 4_096) throws -> [Line]? {
    guard let rows = try rows.next(count) else { return nil }
    let logits = withoutGradient {
      task.logits(
        rows.batch.features.to(task.store.device), Pass(.evaluation, generator: RandomGenerator(seed: 0))
      )
      .to(.cpu)
    }
    let lines =
      zip(rows.lines, logits.scalars(Float.self)).map { Line(number: $0, logit: $1) }
      + rows.faults.map { Line(number: $0.line, logit: nil) }
    return lines.sorted { $0.number < $1.number }
  }
}
