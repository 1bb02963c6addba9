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

  static let description = MethodDescription(
    MethodName("sign-dfa"), title: "sign DFA", reference: "this article",
    summary: "the signs of DFA's signals",
    tuning: .dfa
  ) { SignFeedback($0, seed: $1) }
}

MethodRegistry.shared = .standard.adding([SignFeedback.description])
let experiment = try Experiment(ImageClassificationTask.self, preset: "debug")
let trainer = try experiment.trainer(SignFeedback.description.name, seed: 0)
try trainer.train()
print(trainer.result?.metrics ?? [:], try trainer.measureAlignment())
