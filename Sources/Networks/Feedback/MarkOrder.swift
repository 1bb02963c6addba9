import Basics

/// Follows the marks that a pass meets, and ends the process with the reason when they come in an order in which a point's
/// error could not be told.
///
/// In each call of a network its points are crossed first, and then the error of their output is read, once. A point may
/// be crossed several times before the only reading of its output, as in a recurrent network. Every training method
/// checks its passes, so that a network that one method can train is one that all can.
package struct MarkOrder {
  private struct Crossed {
    var count = 0
    let output: String
  }

  /// The points crossed so far, by path.
  private var points: [String: Crossed] = [:]
  /// How often each output has been read.
  private var readings: [String: Int] = [:]
  /// Outputs whose points have been crossed since they were last read, each with one of those points.
  private var pending: [String: String] = [:]

  package init() {}

  /// The pass crosses a point. Plain cuts receive no error and may be anywhere.
  package mutating func cross(_ point: FeedbackPoint) {
    guard point.receivesFeedback else { return }
    let count = points[point.path]?.count ?? 0
    require(
      readings[point.output, default: 0] <= count,
      "feedback point '\(point.path)' comes after its output '\(point.output)' in this pass; read the error above every "
        + "point that receives it")
    points[point.path, default: Crossed(output: point.output)].count = count + 1
    pending[point.output] = point.path
  }

  /// The pass reads the error at an output.
  package mutating func read(_ output: FeedbackOutput) {
    let known = pending.removeValue(forKey: output.path) != nil
    let count = readings[output.path, default: 0]
    require(
      known || count == 0 || !points.values.contains { $0.output == output.path },
      "the error at output '\(output.path)' is read twice in one call of the network; read it once, where nothing but "
        + "the loss follows, or give each reading an output and points of its own")
    readings[output.path] = count + 1
  }

  /// The pass has ended.
  package func finish() {
    if let (output, point) = pending.min(by: { $0.key < $1.key }) {
      fatalError(
        "feedback point '\(point)' was crossed, but the error at its output '\(output)' was not read after it; hand the "
          + "tensor that the loss is computed from to the output: output(y, pass)")
    }
    let ambiguous = points.filter { _, point in
      let count = readings[point.output, default: 0]
      return count > 1 && point.count > count
    }
    if let (path, point) = ambiguous.min(by: { $0.key < $1.key }) {
      fatalError(
        "feedback point '\(path)' was crossed \(point.count) times in one pass, but the error at its output "
          + "'\(point.output)' read \(readings[point.output, default: 0]) times; a network that is called several times "
          + "must cross each point once in each call")
    }
  }
}
