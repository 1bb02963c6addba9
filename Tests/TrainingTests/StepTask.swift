import Basics
import Datasets
import FeedbackAlignment
import Foundation
import Networks
import Reports
import TestSupport
import Torch
import Training

/// The configuration of ``StepTask``.
struct StepConfiguration: TaskConfiguration {
  /// What evaluations of the validation data report, in turn.
  var scores = [0.0]
  var losses = [1.0]
  /// Whether looking at the test data is an error.
  var hidesTest = false
  /// What is written about it.
  var note = ""
  var training = TrainingConfiguration(steps: 8, evaluateEvery: .steps(4))
  var optimizer = OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.5)
  var feedback = FeedbackConfiguration()

  static let keys =
    [
      SettingKey("scores", \Self.scores, "what evaluations report as the score, in turn"),
      SettingKey("losses", \Self.losses, "what evaluations report as the loss, in turn"),
      SettingKey("hidesTest", \Self.hidesTest, "whether looking at the test data is an error"),
      SettingKey("note", \Self.note, "what is written about it"),
    ] + commonKeys
}

/// A task without epochs: the weights `first/weight`, of the group `first`, and `second/weight`, of none, are drawn to the
/// targets x and -2 x of each step by the loss `(|first - x|² + |second + 2 x|²) / 2`.
final class StepTask: TrainingTask {
  /// The test data were looked at.
  struct Hidden: Error, Equatable {}

  static let name = "steps"
  static let summary = "follow a target"
  static let presets = [Preset("debug", "eight steps") { _ in StepConfiguration() }]
  static let metrics = [Metric("score", higherIsBetter: true), .loss]
  static func datasets(_ configuration: StepConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch: Int? = nil
  /// What has been evaluated, in order.
  private(set) var evaluated: [Split] = []
  private let configuration: StepConfiguration
  private let first, second: Parameter

  init(_ configuration: StepConfiguration, _ environment: TaskEnvironment) {
    self.configuration = configuration
    store = environment.parameterStore()
    first = (store.root / "first").group("first").parameter("weight", [3], .normal(deviation: 1))
    second = (store.root / "second").parameter("weight", [2, 3], .normal(deviation: 1))
  }

  func batch(_ step: Int) -> Tensor { Tensor([Float(step) - 2, 1, 0.5]) }

  func loss(_ batch: Tensor, _ pass: Pass) -> Tensor {
    ((first.tensor - batch).square().sum() + (second.tensor + batch * 2).square().sum()) * 0.5
  }

  func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    let count = evaluated.count { $0 == split }
    evaluated.append(split)
    switch split {
    case .training: return [:]
    case .validation:
      return [
        Self.metrics[0]: configuration.scores[count % configuration.scores.count],
        .loss: configuration.losses[count % configuration.losses.count],
      ]
    case .test:
      if configuration.hidesTest { throw Hidden() }
      return [.loss: first.tensor.sum().item]
    }
  }

  func alignmentBatch() -> Tensor { batch(0) }
}

extension StepTask: PicturedTask {
  /// The weights, in the place of a picture of them; nothing where nothing is to be noted.
  func pictures(_ pass: Pass) -> TaskPictures? {
    guard !configuration.note.isEmpty else { return nil }
    let weights = Data("\(first.tensor.scalars(Float.self))".utf8)
    return TaskPictures(
      of: "the weights", expected: ReportPicture("target", png: Data("x".utf8)),
      shown: [
        ReportPicture("first", note: configuration.note, png: weights),
        ReportPicture("first/once more", png: weights),
      ])
  }
}

/// A trainer of ``StepTask`` by backpropagation, at the beginning of a run.
func stepTrainer(_ assignments: [String] = [], callbacks: [any TrainingCallback] = []) throws -> Trainer<
  StepTask
> {
  try Experiment<StepTask>(assignments: assignments).trainer(.bp, seed: 1, callbacks: callbacks)
}
