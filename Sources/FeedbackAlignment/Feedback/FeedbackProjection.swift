import Basics
import Networks
import Torch

/// Projects output errors to points: `t_i = e B_i`.
///
/// The rows of an error share one projection for all points of its output; where all points are equally wide
/// they share one tensor.
struct FeedbackProjection {
  /// What matrices are at first.
  enum Start {
    /// What the configuration says.
    case fixed
    /// Drawn, to be learned.
    case drawn
    /// Zero, to be learned.
    case zero
  }

  /// The matrices that have been drawn, divided as for the widest point, `[error width, widest point]`, by
  /// the path of the output (shared) or of the point (independent).
  private var matrices: [String: any FeedbackMatrix] = [:]
  /// The tensors of matrices that a checkpoint or a caller gave, by path and part, until a projection shows the
  /// widths that they must fit.
  private var given: [String: Tensor] = [:]
  /// What matrices are at first.
  var start = Start.fixed
  private let configuration: FeedbackConfiguration
  private let seed: UInt64

  init(_ configuration: FeedbackConfiguration, seed: UInt64) {
    self.configuration = configuration
    self.seed = seed
  }

  mutating func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
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
    // Points that receive the same part of the same projection share it.
    var shared: [SignalKey: Tensor] = [:]
    return FeedbackSignals(count: points.count) { [self] index in
      received[index].map { projection, errorWidth in
        let key = SignalKey(
          projection: ObjectIdentifier(projection), shape: points[index].shape, dtype: points[index].dtype)
        let signal = shared[key] ?? signal(projection, at: points[index], errorWidth: errorWidth)
        shared[key] = signal
        return signal
      }
    }
  }

  private struct SignalKey: Hashable {
    let projection: ObjectIdentifier
    let shape: [Int]
    let dtype: DType
  }

  /// What a checkpoint keeps of the matrices, by path and part.
  var state: [String: Tensor] {
    matrices.reduce(into: given) { state, item in
      for (part, tensor) in item.value.tensors { state[item.key + part] = tensor }
    }
  }

  /// Takes over the matrices of a checkpoint.
  /// - Throws: ``FeedbackMatrixError`` when they are of another kind, or damaged.
  mutating func restore(_ state: [String: Tensor]) throws {
    if configuration.storage == .regenerated, let (path, tensor) = state.min(by: { $0.key < $1.key }) {
      throw FeedbackMatrixError(
        path: path, found: "\(tensor.shape) \(tensor.dtype)", expected: "none, because it is regenerated")
    }
    try configuration.kind.check(state)
    matrices = [:]
    given = state
  }

  /// Puts a dense matrix in the place of the random one.
  mutating func setMatrix(_ matrix: Tensor, for path: String) {
    matrices[path] = nil
    for part in configuration.kind.parts { given[path + part] = nil }
    given[path] = matrix
  }

  /// e B for the widest point.
  ///
  /// **Shape** `[rows, widest]`
  private mutating func project(
    _ error: OutputGradient, to widest: Int, widestOfOutput: Int, _ path: String
  ) -> Tensor {
    let rows = error.gradient.reshaped([-1, error.width])
    let matrix = matrix(
      path, errorWidth: error.width, widest: widest, widestOfOutput: widestOfOutput, device: rows.device)
    return matrix.project(rows.to(matrix.dtype, matrix.device)).to(rows.dtype, rows.device)
  }

  /// The part of a projection that a point receives, scaled for its width, in the shape and type of its tensor.
  private func signal(_ projection: Tensor, at crossing: Crossing, errorWidth: Int) -> Tensor {
    let (width, shape) = (crossing.width, crossing.shape)
    let (errorRows, widest) = (projection.shape[0], projection.shape[1])
    let rows = shape.reduce(1, *) / max(width, 1)
    // Nothing was asked, as where no sample of a ray is in an occupied cell.
    if rows == 0 { return .zeros(shape, dtype: crossing.dtype, device: projection.device) }
    guard errorRows > 0, rows % errorRows == 0 else {
      fail(
        "signal of feedback point '\(crossing.point.path)'",
        "the point has \(rows) rows, which is no multiple of the \(errorRows) rows of the error at its output "
          + "'\(crossing.point.output)'; give the point the rowDimensions that count its rows")
      return .zeros(shape, device: projection.device)
    }
    let repeats = rows / errorRows
    var signal = width == widest ? projection : projection.narrowed(1, start: 0, length: width)
    var scale =
      configuration.divisor(width: widest, widest: widest, errorWidth: errorWidth)
      / configuration.divisor(width: width, widest: widest, errorWidth: errorWidth)
    scale /= Double(repeats).squareRoot()
    if scale != 1 { signal = signal * scale }
    if repeats > 1 { signal = signal.unsqueezed(1).expanded([errorRows, repeats, width]) }
    if signal.shape != shape { signal = signal.reshaped(shape) }
    signal = signal.to(crossing.dtype)
    // In the order of the tensor that it meets, which operations on both would have to go through in two orders otherwise.
    return crossing.isChannelsLast ? signal.channelsLast() : signal
  }

  /// The maximum width of the points of each key.
  private func widths(of points: [Crossing], by key: (Crossing) -> String) -> [String: Int] {
    Dictionary(grouping: points, by: key).mapValues { $0.map(\.width).max() ?? 0 }
  }

  private func matrixPath(_ point: FeedbackPoint) -> String {
    configuration.sharing == .shared ? point.output : point.path
  }

  private mutating func matrix(
    _ path: String, errorWidth: Int, widest: Int, widestOfOutput: Int, device: Device
  ) -> any FeedbackMatrix {
    if let matrix = matrices[path] {
      if matrix.errorWidth == errorWidth, matrix.width >= widest { return matrix }
      misfit(path, "[\(matrix.errorWidth), \(matrix.width)]", errorWidth: errorWidth, widest: widest)
    }
    let draw = FeedbackDraw(
      seed: derivedSeed(seed, "feedback/" + path), configuration.distribution, errorWidth: errorWidth,
      width: widest,
      divisor: configuration.divisor(width: widest, widest: widestOfOutput, errorWidth: errorWidth),
      device: configuration.place(beside: device))
    let matrix =
      restored(path, draw)
      ?? first(draw)
    matrices[path] = matrix
    return matrix
  }

  /// The matrix of a path at first.
  private func first(_ draw: FeedbackDraw) -> any FeedbackMatrix {
    switch start {
    case .fixed: configuration.kind.matrix(draw, configuration.storage)
    case .drawn,
      .zero where !configuration.learns(width: draw.width, errorWidth: draw.errorWidth):
      DenseMatrix(identity: draw)
    case .drawn: DenseMatrix(drawing: draw)
    case .zero: DenseMatrix(zero: draw)
    }
  }

  /// The matrix that a checkpoint or a caller gave for a path, taken out of ``given``.
  private mutating func restored(_ path: String, _ draw: FeedbackDraw) -> (any FeedbackMatrix)? {
    let kind = configuration.kind
    var parts: [String: Tensor] = [:]
    for part in Set(kind.parts + [""]) { parts[part] = given.removeValue(forKey: path + part) }
    guard let first = parts.values.first else { return nil }
    let matrix = kind.matrix(restoring: parts, draw)
    if matrix == nil {
      misfit(path, "\(first.shape)", errorWidth: draw.errorWidth, widest: draw.width)
    }
    return matrix
  }

  /// Reports a matrix that does not fit the network.
  private func misfit(_ path: String, _ found: String, errorWidth: Int, widest: Int) {
    fail(
      "feedback matrix of '\(path)'",
      "the matrix is \(found), but the error is \(errorWidth) and a point \(widest) wide; give the matrix of "
        + "this network, whose widths must not change while it trains")
  }
}

extension [Crossing] {
  /// The points that receive a signal, each with the error that it is made of.
  func receivers(of errors: [OutputGradient]) -> [(point: Crossing, error: OutputGradient)] {
    let readings = Dictionary(grouping: errors, by: \.output.path)
    return filter(\.point.receivesFeedback).map { ($0, $0.reading(in: readings).error) }
  }
}

extension Crossing {
  /// The error that the point receives: of the same call of the network, or the only one.
  fileprivate func reading(in readings: [String: [OutputGradient]]) -> (error: OutputGradient, index: Int) {
    let errors = readings[point.output] ?? []
    require(
      !errors.isEmpty,
      "feedback point '\(point.path)' has no error: its output '\(point.output)' is not among those read")
    let index = errors.count == 1 ? 0 : occurrence
    require(
      index < errors.count,
      "feedback point '\(point.path)' was crossed \(occurrence + 1) times, but the error at its output "
        + "'\(point.output)' read \(errors.count) times; read it once in each call of the network")
    return (errors[index], index)
  }
}
