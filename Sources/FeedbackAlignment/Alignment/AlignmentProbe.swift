import Networks
import Torch

/// Measures alignment in one forward and one backward traversal, without a second network; in two of each for methods
/// that go down layer by layer.
///
/// The graph is left whole. From it come the errors e at the outputs and backpropagation's signals `c_i =
/// dL/dh_i` at the points; the method's signals `t_i` are computed from e; and rows are compared by `cos β_i
/// = t_i · c_i / (|t_i| |c_i|)`.
///
/// **Source** Launay et al. 2019, eq. 4 to 6. Unlike the published code both signals come from the same pass,
/// and rows without a signal are left out and counted, not scored 1.
public enum AlignmentProbe {
  /// The alignment of a method at every point of a network.
  /// - Parameters:
  ///   - method: Whose signals are measured; those of its ``TrainingMethod/base``.
  ///   - mode: The mode of the pass.
  ///   - generator: Where random layers draw from.
  ///   - loss: Runs the network in the pass and returns a scalar; twice for a ``LayerwiseFeedbackMethod``, whose
  ///     signals go down a graph of their own.
  /// - Returns: For each point, in the order in which they are crossed, the statistics over all its rows; nothing
  ///   for methods that send no signals but backpropagation's.
  public static func measure(
    _ method: any TrainingMethod, mode: Pass.Mode = .evaluation, generator: RandomGenerator,
    loss: (Pass) throws -> Tensor
  ) rethrows -> [PointAlignment] {
    switch method.base {
    case let method as any FeedbackMethod:
      let graph = WholeGraph(level: method.level)
      let (errors, signals) = try graph.read(mode, generator, loss)
      return compare(method.signals(at: graph.points, errors), signals, at: graph.points)
    case let method as any LayerwiseFeedbackMethod:
      let state = generator.state
      let own = WholeGraph(level: .layer, weights: FeedbackWeightRecorder(method))
      let received = try own.read(mode, generator, loss).signals
      generator.state = state
      let graph = WholeGraph(level: .layer)
      let signals = try graph.read(mode, generator, loss).signals
      return compare(FeedbackSignals(received), signals, at: graph.points)
    default: return []
    }
  }

  /// The cosines of the signals received with backpropagation's, by point.
  private static func compare(
    _ received: FeedbackSignals, _ signals: [Tensor?], at points: [Crossing]
  ) -> [PointAlignment] {
    var order: [String] = []
    var cosines: [String: [Double?]] = [:]
    for (index, crossing) in points.enumerated() {
      let path = crossing.point.path
      if cosines[path] == nil { order.append(path) }
      guard let t = received[index] else { continue }
      let rows = [-1, crossing.width]
      let values =
        signals[index].map { rowCosines(t.reshaped(rows), $0.reshaped(rows)) }
        ?? Array(repeating: nil, count: t.count / crossing.width)
      cosines[path, default: []] += values
    }
    return order.map { PointAlignment(point: $0, cosines: cosines[$0] ?? []) }
  }

  /// The cosine of each pair of rows; nil where one of them is zero.
  private static func rowCosines(_ t: Tensor, _ c: Tensor) -> [Double?] {
    let (t, c) = (t.to(.float64), c.to(.float64))
    let (lengthT, lengthC) = (t.norm(1), c.norm(1))
    let cosines = ((t * c).sum(1) / (lengthT * lengthC)).scalars(Double.self)
    return zip(cosines, (lengthT * lengthC).scalars(Double.self)).map { $1 > 0 ? $0 : nil }
  }
}

extension WholeGraph {
  /// Runs the pass, and reads it in one traversal.
  fileprivate func read(
    _ mode: Pass.Mode, _ generator: RandomGenerator, _ loss: (Pass) throws -> Tensor
  ) rethrows -> (errors: [OutputGradient], signals: [Tensor?]) {
    let loss = try loss(Pass(mode, generator: generator, recorder: self)).checkedLoss
    return read { gradients(of: [loss], for: $0) }
  }
}

extension PointAlignment {
  /// The statistics of cosines, nil for rows without a signal.
  init(point: String, cosines: [Double?]) {
    let values = cosines.compactMap(\.self)
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.init(
      point: point, mean: values.isEmpty ? nil : mean,
      std: values.count < 2 ? nil : (squares / Double(values.count - 1)).squareRoot(), rows: values.count,
      skipped: cosines.count - values.count)
  }
}
