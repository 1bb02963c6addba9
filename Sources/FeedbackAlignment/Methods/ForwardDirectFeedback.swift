import Basics
import Networks
import Torch

/// Forward direct feedback alignment (FDFA): direct feedback whose matrices are estimates of the mean derivative of
/// the output by each layer, learned from forward passes: `B_i ← (1 - β) B_i + β mean(d u_iᵀ)`, where `d` is the
/// derivative of the output in the direction of normal noise `u` that is added at all points at once.
///
/// d is taken as a difference of two passes, `(y(h + ε u) - y(h - ε u)) / 2 ε` with ε = 0.01, so that it needs no rule
/// for any operation; both draw the random numbers of the step. Matrices start at zero, and each point has its own.
///
/// **Source** Bacho and Chu 2024, "Low-variance forward gradients using direct feedback alignment and momentum",
/// section 3; a moving average takes the place of its own optimizer.
public final class ForwardDirectFeedback: FeedbackMethod {
  private static let stepSize = 0.01

  private let configuration: FeedbackConfiguration
  private var projection: FeedbackProjection
  private let seed: UInt64
  /// The estimates made, which decide the noise.
  private var steps = 0

  /// - Parameters:
  ///   - configuration: Level, place and averaging β of the matrices, which are dense, stored and independent
  ///     whatever it says.
  ///   - seed: What the noise is drawn from.
  public init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    self.configuration = configuration.learned
    self.seed = seed
    projection = FeedbackProjection(configuration.learned, seed: seed)
    projection.startsAtZero = true
  }

  /// The level of the points that receive the error.
  public var level: FeedbackPoint.Level { configuration.level }

  /// Every step draws new noise.
  public var drawsInSteps: Bool { true }

  /// `t_i = B_i e`.
  public func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    projection.signals(at: points, errors)
  }

  /// A better estimate, from passes that leave no trace, and then the gradients of direct feedback alignment.
  public func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor {
    let noise = RandomGenerator(seed: derivedSeed(seed, "noise/\(steps)"), device: context.generator.device)
    let perturbation = PointPerturbation(level: level, noise: noise)
    let state = context.generator.state
    let outputs = try [1, -1].map { sign in
      defer { context.generator.state = state }
      perturbation.begin(scale: sign * ForwardDirectFeedback.stepSize)
      try withoutGradient {
        _ = try loss(
          Pass(.training, generator: context.generator, recorder: perturbation, isRehearsal: true))
      }
      return perturbation.outputs
    }
    steps += 1
    let directions = zip(outputs[0], outputs[1]).map { above, below in
      OutputGradient(
        output: above.output, gradient: (above.tensor - below.tensor) / (2 * ForwardDirectFeedback.stepSize))
    }
    learn(perturbation.points, directions)
    return try context.cutStep(at: level, loss: loss) { signals(at: $0, $1) }
  }

  private func learn(_ points: [Crossing], _ directions: [OutputGradient]) {
    // The projection of the directions makes the matrices, where there are none yet.
    _ = projection.signals(at: points, directions)
    let matrices = projection.state
    for (point, direction) in points.receivers(of: directions) {
      guard let noise = point.activation, let matrix = matrices[point.point.path] else { continue }
      let rows = noise.reshaped([-1, point.width]).to(.float32)
      // `repeated` divides by the square root of the repetitions; a mean divides by all of them.
      let repeats = Double(rows.shape[0]) / Double(direction.rows)
      let estimate =
        direction.repeated(rows.shape[0]).transposed().matmul(rows)
        / (Double(direction.rows) * repeats.squareRoot())
      matrix.add(estimate.to(matrix.device) - matrix, scale: configuration.averaging)
    }
  }

  /// The matrices by point, and the number of steps.
  public var state: [String: Tensor] {
    projection.state.mapValues { $0.cloned() }.withPrefix("matrices/")
      .merging(["steps": Tensor(Double(steps), dtype: .int64)]) { $1 }
  }

  /// Takes over matrices and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  public func restore(_ state: [String: Tensor]) throws {
    try projection.restore(state.part("matrices/").mapValues { $0.cloned() })
    steps = try state.count(of: "steps")
  }
}

extension MethodName {
  /// ``ForwardDirectFeedback``
  public static let fdfa = MethodName("fdfa")
}

extension ForwardDirectFeedback {
  /// The row of the method.
  public static let description = MethodDescription(
    .fdfa, title: "FDFA", reference: "Bacho and Chu 2024",
    summary: "DFA whose matrices are estimates of the output's derivative, from forward passes with noise",
    tuning: .dfa, isAdditive: false
  ) { ForwardDirectFeedback($0, seed: $1) }
}

/// Adds noise at the points of a level and notes what comes out.
private final class PointPerturbation: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private let noise: RandomGenerator
  private var scale = 0.0
  private var crossed = 0
  /// The points, with their noise in the place of activations.
  private(set) var points: [Crossing] = []
  /// What is at the outputs.
  private(set) var outputs: [(output: FeedbackOutput, tensor: Tensor)] = []

  init(level: FeedbackPoint.Level, noise: RandomGenerator) {
    self.level = level
    self.noise = noise
  }

  /// A new pass, with the noise of earlier ones times `scale`.
  func begin(scale: Double) {
    self.scale = scale
    crossed = 0
    outputs = []
  }

  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    guard point.level.isSent(at: level), point.receivesFeedback else { return x }
    if crossed == points.count {
      var crossing = Crossing(point, x, after: points)
      crossing.activation = noise.normal(x.shape)
      points.append(crossing)
    }
    defer { crossed += 1 }
    return points[crossed].activation.map { x + $0.to(x.dtype) * scale } ?? x
  }

  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    outputs.append((output, y.atLeastSinglePrecision()))
    return y
  }
}
