import Networks
import Torch

/// Projects output errors to points: `t_i = e B_i`.
///
/// The rows of an error share one projection for all points of its output; where all points are equally wide
/// they share one tensor.
struct FeedbackProjection {
  /// The matrices that have been drawn, divided as for the widest point, `[error width, widest point]`, by
  /// the path of the output (shared) or of the point (independent).
  var matrices: [String: Tensor] = [:]
  private let configuration: FeedbackConfiguration
  private let seed: UInt64

  init(_ configuration: FeedbackConfiguration, seed: UInt64) {
    self.configuration = configuration
    self.seed = seed
  }

  mutating func signals(at points: [Crossing], _ errors: [OutputError]) -> FeedbackSignals {
    let readings = Dictionary(grouping: errors, by: \.output.path)
    let targets = points.filter(\.point.receivesFeedback)
    let widest = widths(of: targets) { matrixPath($0.point) }
    let widestOfOutput = widths(of: targets, by: \.point.output)
    var projections: [String: Tensor] = [:]
    let received: [(projection: Tensor, errorWidth: Int)?] = points.map { crossing in
      guard crossing.point.receivesFeedback else { return nil }
      let path = matrixPath(crossing.point)
      let reading = crossing.reading(in: readings)
      let key = "\(path) \(reading.index)"
      let projection =
        projections[key]
        ?? project(
          reading.error, to: widest[path] ?? 0, widestOfOutput: widestOfOutput[crossing.point.output] ?? 0,
          path)
      projections[key] = projection
      return (projection, reading.error.width)
    }
    return FeedbackSignals(count: points.count) { [self] index in
      received[index].map { signal($0.projection, at: points[index], errorWidth: $0.errorWidth) }
    }
  }

  /// e B for the widest point.
  ///
  /// **Shape** `[rows, widest]`
  private mutating func project(
    _ error: OutputError, to widest: Int, widestOfOutput: Int, _ path: String
  ) -> Tensor {
    let rows = error.error.reshaped([-1, error.width])
    let matrix = matrix(
      path, errorWidth: error.width, widest: widest, widestOfOutput: widestOfOutput, device: rows.device)
    return rows.to(matrix.device).matmul(matrix).to(rows.device)
  }

  /// The part of a projection that a point receives, scaled for its width, in the shape of its tensor.
  private func signal(_ projection: Tensor, at crossing: Crossing, errorWidth: Int) -> Tensor {
    let (width, shape) = (crossing.width, crossing.shape)
    let (errorRows, widest) = (projection.shape[0], projection.shape[1])
    let rows = shape.reduce(1, *) / max(width, 1)
    precondition(
      errorRows > 0 && rows % errorRows == 0,
      "feedback point '\(crossing.point.path)' has \(rows) rows, which is no multiple of the error's \(errorRows)"
    )
    let repeats = rows / errorRows
    var signal = width == widest ? projection : projection.narrowed(1, start: 0, length: width)
    var scale =
      configuration.divisor(width: widest, widest: widest, errorWidth: errorWidth)
      / configuration.divisor(width: width, widest: widest, errorWidth: errorWidth)
    scale /= Double(repeats).squareRoot()
    if scale != 1 { signal = signal * scale }
    if repeats > 1 { signal = signal.unsqueezed(1).expanded([errorRows, repeats, width]) }
    return signal.shape == shape ? signal : signal.reshaped(shape)
  }

  /// The greatest width of the points of each key.
  private func widths(of points: [Crossing], by key: (Crossing) -> String) -> [String: Int] {
    Dictionary(grouping: points, by: key).mapValues { $0.map(\.width).max() ?? 0 }
  }

  private func matrixPath(_ point: FeedbackPoint) -> String {
    configuration.sharing == .shared ? point.output : point.path
  }

  private mutating func matrix(
    _ path: String, errorWidth: Int, widest: Int, widestOfOutput: Int, device: Device
  ) -> Tensor {
    let place = configuration.place(beside: device)
    if let matrix = matrices[path] {
      precondition(
        matrix.shape[0] == errorWidth && matrix.shape[1] >= widest,
        "the feedback matrix of '\(path)' is \(matrix.shape), but the error is \(errorWidth) and a point \(widest) wide; "
          + "the widths of a network must not change while it trains")
      if matrix.device != place { matrices[path] = matrix.to(place) }
      return matrices[path] ?? matrix
    }
    let generator = RandomGenerator(seed: derivedSeed(seed, "feedback/" + path))
    let drawn =
      switch configuration.distribution {
      case .uniform: generator.uniform([errorWidth, widest], from: -1, to: 1)
      case .normal: generator.normal([errorWidth, widest])
      }
    let divisor = configuration.divisor(width: widest, widest: widestOfOutput, errorWidth: errorWidth)
    let matrix = (drawn / divisor).to(place)
    matrices[path] = matrix
    return matrix
  }
}

extension Crossing {
  /// The error that the point receives: of the same call of the network, or the only one.
  fileprivate func reading(in readings: [String: [OutputError]]) -> (error: OutputError, index: Int) {
    let errors = readings[point.output] ?? []
    precondition(
      !errors.isEmpty,
      "'\(point.path)' was crossed, but its output '\(point.output)' was not read in this pass")
    let index = errors.count == 1 ? 0 : occurrence
    precondition(
      index < errors.count,
      "'\(point.path)' was crossed more often than its output '\(point.output)' was read")
    return (errors[index], index)
  }
}
