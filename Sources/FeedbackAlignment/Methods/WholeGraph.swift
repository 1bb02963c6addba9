import Networks
import Torch

/// Records a pass whose graph is left whole, in which the errors at the outputs and backpropagation's signals
/// `c_i = dL/dh_i` at the points can be read.
final class WholeGraph: FeedbackRecorder {
  private let level: FeedbackPoint.Level
  private let weights: FeedbackWeightRecorder?
  private var marks = MarkOrder()
  /// The points that receive feedback, in order.
  private(set) var points: [Crossing] = []
  private var tensors: [Tensor] = []
  private var outputs: [(output: FeedbackOutput, tensor: Tensor)] = []

  /// - Parameters:
  ///   - level: The level of the points.
  ///   - weights: Gives the feedback weights in the place of weights; nil for the weights themselves.
  init(level: FeedbackPoint.Level, weights: FeedbackWeightRecorder? = nil) {
    self.level = level
    self.weights = weights
  }

  func feedbackWeights(for weights: [Parameter]) -> [Tensor]? { self.weights?.feedbackWeights(for: weights) }

  /// Notes the point; where nothing below is trained the graph begins here.
  func crossing(_ point: FeedbackPoint, _ x: Tensor) -> Tensor {
    marks.cross(point)
    guard point.level.isSent(at: level), point.receivesFeedback else { return x }
    let x = x.onGraph
    points.append(Crossing(point, x, after: points))
    tensors.append(x)
    return x
  }

  /// Notes the output; where nothing below is trained the graph begins here.
  func reading(_ output: FeedbackOutput, _ y: Tensor) -> Tensor {
    marks.read(output)
    let y = y.onGraph
    outputs.append((output, y))
    return y
  }

  /// What can be read when the pass has ended.
  /// - Parameter differentiate: The derivatives of the loss by tensors; nil where it does not depend on one.
  /// - Returns: The errors at the outputs, and for each point its signal.
  func read(
    _ differentiate: ([Tensor]) -> [Tensor?]
  ) -> (errors: [OutputGradient], signals: [Tensor?]) {
    marks.finish()
    let derivatives = differentiate(outputs.map(\.tensor) + tensors)
    let errors = zip(outputs, derivatives).map { output, error in
      OutputGradient(
        output: output.output,
        gradient: error ?? Tensor.zeros(output.tensor.shape, device: output.tensor.device))
    }
    return (errors, Array(derivatives.dropFirst(errors.count)))
  }
}

extension Tensor {
  /// This tensor, or where it is on no graph a leaf of the same values at which one begins.
  fileprivate var onGraph: Tensor { requiresGradient ? self : detached().requiringGradient() }
}
