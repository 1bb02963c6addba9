// A training method of one's own.
import DirectFeedback

/// Direct feedback alignment whose points receive only the signs of the projected error:
/// `t_i = s_i sign(B_i e)`, with the mean magnitude `s_i` of `B_i e`.
final class SignFeedback: FeedbackMethod {
  private let projection: DirectFeedbackAlignment

  init(_ configuration: FeedbackConfiguration = FeedbackConfiguration(), seed: UInt64) {
    projection = DirectFeedbackAlignment(configuration, seed: seed)
  }

  var level: FeedbackPoint.Level { projection.level }

  func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    let projected = projection.signals(at: points, errors)
    return FeedbackSignals(count: points.count) { index in
      projected[index].map { $0.sign() * $0.abs().mean() }
    }
  }

  var state: [String: Tensor] { projection.state }

  func restore(_ state: [String: Tensor]) throws { try projection.restore(state) }
}
// snippet.hide

let experiment = try Experiment(ImageClassificationTask.self, preset: "debug")
let environment = TaskEnvironment(seed: 0, device: .cpu, datasets: DatasetStore())
let configuration = try experiment.configuration(.dfa)
// snippet.show

let task = try ImageClassificationTask(configuration, environment)
let trainer = Trainer(task, configuration, method: SignFeedback(seed: 0), environment: environment)
try trainer.train()
print(trainer.result?.metrics ?? [:], try trainer.measureAlignment())
