import Networks
import Torch

/// Adds noise at the points of a level and notes what comes out.
final class PointPerturbation: FeedbackRecorder {
  private static let stepSize = 0.01

  private let level: FeedbackPoint.Level
  private let noise: RandomGenerator
  private var scale = 0.0
  private var crossed = 0
  /// The points, with their noise in the place of activations.
  private(set) var points: [Crossing] = []
  private var outputs: [(output: FeedbackOutput, tensor: Tensor)] = []

  /// - Parameters:
  ///   - level: The level of the points.
  ///   - noise: What the noise is drawn from.
  init(level: FeedbackPoint.Level, noise: RandomGenerator) {
    self.level = level
    self.noise = noise
  }

  /// The derivatives of the outputs in the direction of the noise, as differences of two passes that draw the same random
  /// numbers and leave no trace.
  func derivatives(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> [OutputGradient] {
    let state = context.generator.state
    let found = try [1, -1].map { sign in
      defer { context.generator.state = state }
      (scale, crossed, outputs) = (sign * PointPerturbation.stepSize, 0, [])
      try withoutGradient {
        _ = try loss(Pass(.training, generator: context.generator, recorder: self, isRehearsal: true))
      }
      return outputs
    }
    return zip(found[0], found[1]).map { above, below in
      OutputGradient(
        output: above.output, gradient: (above.tensor - below.tensor) / (2 * PointPerturbation.stepSize))
    }
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
