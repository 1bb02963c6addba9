import Basics
import Networks
import Torch

/// Feedback matrices that learn from estimates of the mean derivative of the output by each layer, made of forward passes
/// alone: `mean(d uᵀ)`, where `d` is the derivative of the output in the direction of normal noise `u` that is added at
/// all points at once.
///
/// d is taken as a difference of two passes, `(y(h + ε u) - y(h - ε u)) / 2 ε` with ε = 0.01, so that it needs no rule
/// for any operation; both draw the random numbers of the step. Each point has a matrix of its own.
struct ForwardEstimator {
  private let configuration: FeedbackConfiguration
  private var projection: FeedbackProjection
  private let seed: UInt64
  /// The estimates made, which decide the noise.
  private var steps = 0

  /// - Parameters:
  ///   - configuration: Distribution, normalisation, place and level of the matrices, which are dense, stored and
  ///     independent whatever it says.
  ///   - startsAtZero: Whether matrices are zero, and not drawn, at first.
  ///   - seed: What the matrices and the noise are drawn from.
  init(_ configuration: FeedbackConfiguration, startsAtZero: Bool = false, seed: UInt64) {
    self.configuration = configuration.learned
    self.seed = seed
    projection = FeedbackProjection(configuration.learned, seed: seed)
    projection.start = startsAtZero ? .zero : .drawn
  }

  /// `t_i = B_i e`.
  mutating func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    projection.signals(at: points, errors)
  }

  /// An estimate for each point of a batch, from passes that leave no trace.
  /// - Parameter learn: Takes the matrix of a point and the estimate on its device, `[error width, point width]` both, and
  ///   changes the matrix.
  mutating func estimate(
    _ context: StepContext, loss: (Pass) throws -> Tensor,
    learn: (_ matrix: Tensor, _ estimate: Tensor) -> Void
  ) rethrows {
    let noise = RandomGenerator(seed: derivedSeed(seed, "noise/\(steps)"), device: context.generator.device)
    let perturbation = PointPerturbation(level: configuration.level, noise: noise)
    let directions = try perturbation.derivatives(context, loss: loss)
    steps += 1
    // The projection of the directions makes the matrices, where there are none yet.
    _ = projection.signals(at: perturbation.points, directions)
    let matrices = projection.state
    for (point, direction) in perturbation.points.receivers(of: directions) {
      guard let noise = point.activation, let matrix = matrices[point.point.path], direction.rows > 0,
        configuration.learns(width: point.width, errorWidth: direction.width)
      else { continue }
      let rows = noise.reshaped([-1, point.width]).to(.float32)
      // `repeated` divides by the square root of the repetitions; a mean divides by all of them.
      let repeats = Double(rows.shape[0]) / Double(direction.rows)
      let estimate =
        direction.repeated(rows.shape[0]).transposed().matmul(rows)
        / (Double(direction.rows) * repeats.squareRoot())
      learn(matrix, estimate.to(matrix.device))
    }
  }

  /// The matrices by point, and the number of steps.
  var state: [String: Tensor] {
    projection.state.mapValues { $0.cloned() }.withPrefix("matrices/")
      .merging(["steps": Tensor(Double(steps), dtype: .int64)]) { $1 }
  }

  /// Takes over matrices and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when they are not what is kept.
  mutating func restore(_ state: [String: Tensor]) throws {
    try projection.restore(state.part("matrices/").mapValues { $0.cloned() })
    steps = try state.count(of: "steps")
  }
}
