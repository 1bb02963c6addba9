import Basics

/// Follows the marks that a pass meets, and ends the process with the reason when they come in an order in which a point's
/// error could not be told.
///
/// In each call of a network its points are crossed first, and then the error of their output is read, once. A point may
/// be crossed several times before the only reading of its output, as in a recurrent network. Every training method
/// checks its passes, so that a network that one method can train is one that all can.
package struct MarkOrder {
  private struct Point {
    let path: String
    /// Its output's index.
    let output: Int
    /// How often it has been crossed.
    var crossings = 0
  }

  private struct Output {
    let path: String
    var readings = 0
    /// A point that has been crossed since the output was last read.
    var pending: Int?
  }

  // A pass has few points, so that a search of all is faster than a dictionary.
  private var points: [Point] = []
  private var outputs: [Output] = []

  package init() {}

  /// The pass crosses a point. Plain cuts receive no error and may be anywhere.
  package mutating func cross(_ point: FeedbackPoint) {
    guard point.receivesFeedback else { return }
    let output = index(ofOutput: point.output)
    let index =
      points.firstIndex { $0.path == point.path }
      ?? {
        points.append(Point(path: point.path, output: output))
        return points.count - 1
      }()
    require(
      outputs[output].readings <= points[index].crossings,
      "feedback point '\(point.path)' comes after its output '\(point.output)' in this pass; read the error above every "
        + "point that receives it")
    points[index].crossings += 1
    outputs[output].pending = index
  }

  /// The pass reads the error at an output.
  package mutating func read(_ output: FeedbackOutput) {
    let index = index(ofOutput: output.path)
    require(
      outputs[index].pending != nil || outputs[index].readings == 0
        || !points.contains { $0.output == index },
      "the error at output '\(output.path)' is read twice in one call of the network; read it once, where nothing but "
        + "the loss follows, or give each reading an output and points of its own")
    outputs[index].readings += 1
    outputs[index].pending = nil
  }

  /// The pass has ended.
  package func finish() {
    for output in outputs {
      guard let point = output.pending else { continue }
      fatalError(
        "feedback point '\(points[point].path)' was crossed, but the error at its output '\(output.path)' was not read "
          + "after it; hand the tensor that the loss is computed from to the output: output(y, pass)")
    }
    for point in points {
      let output = outputs[point.output]
      require(
        output.readings == 1 || point.crossings <= output.readings,
        "feedback point '\(point.path)' was crossed \(point.crossings) times in one pass, but the error at its output "
          + "'\(output.path)' read \(output.readings) times; a network that is called several times must cross each point "
          + "once in each call")
    }
  }

  private mutating func index(ofOutput path: String) -> Int {
    if let index = outputs.firstIndex(where: { $0.path == path }) { return index }
    outputs.append(Output(path: path))
    return outputs.count - 1
  }
}
