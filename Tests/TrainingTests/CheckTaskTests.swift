import Datasets
import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch
import Training

/// A small classification that can have one fault.
private struct FaultyConfiguration: TaskConfiguration {
  var fault = ""
  /// In no list of keys, so that files lose it.
  var forgotten = false
  var training = TrainingConfiguration(epochs: 2)
  var optimizer = OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.1)
  var feedback = FeedbackConfiguration()

  static let keys = [SettingKey("fault", \Self.fault, "what is wrong")] + commonKeys
}

private final class FaultyTask: TrainingTask {
  static let name = "faulty"
  static let summary = "what may be wrong with a task"
  static let presets = [Preset("debug", "a small perceptron") { _ in FaultyConfiguration() }]
  static let metrics = [Metric.accuracy]
  static func datasets(_ configuration: FaultyConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  private let fault: String
  private let data = ToyData(rows: 20, width: 6, classes: 3, seed: 11)
  private let layers: [Linear]
  private let norm: BatchNorm
  private let point: FeedbackPoint
  private let output: FeedbackOutput
  private var calls = 0

  init(_ configuration: FaultyConfiguration, _ environment: TaskEnvironment) throws {
    fault = configuration.fault
    let seed = ["one seed": 1, "own seed": UInt64.random(in: 1...(.max))][fault]
    store = ParameterStore(seed: seed ?? environment.seed)
    let root = store.root
    layers = [Linear(root / "hidden", 6, 5, bias: false), Linear(root / "head", 5, 3)]
    norm = BatchNorm(root / "norm", 5)
    output = FeedbackOutput(root / "logits")
    point = FeedbackPoint(root / "hidden", of: output)
    if fault == "unused parameter" { _ = root.parameter("unused", [2], .constant(1)) }
  }

  var stepsPerEpoch: Int? { 3 }

  func batch(_ step: Int) -> Tensor {
    calls += 1
    let place = fault == "batches in turn" ? calls : step
    return data.inputs.narrowed(0, start: place % 3 * 6, length: 6)
  }

  private func logits(_ x: Tensor, _ pass: Pass) -> Tensor {
    let hidden = norm(layers[0](x, pass), pass).tanh()
    return output(layers[1](fault == "no point" ? hidden : point(hidden, pass), pass), pass)
  }

  func loss(_ batch: Tensor, _ pass: Pass) -> Tensor {
    let classes = data.targets.narrowed(0, start: 0, length: 6).argmax(1)
    let loss = logits(batch, pass).crossEntropy(classes)
    switch fault {
    case "loss that rises": return pass.mode == .training ? -loss : loss
    case "loss without end": return loss + .infinity
    default: return loss
    }
  }

  func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    calls += 1
    let pass = fault == "evaluation in training mode" ? Pass(.training, generator: pass.generator) : pass
    let found = accuracy(logits(data.inputs, pass), data.classes)
    return switch fault {
    case "no metric": [:]
    case "metric of its own": [.accuracy: found, .loss: 1]
    case "percent": [.accuracy: 100 * found]
    case "metric of chance": [.accuracy: 1 / Double(calls)]
    default: [.accuracy: found]
    }
  }

  func alignmentBatch() -> Tensor {
    fault == "no rows" ? data.inputs.narrowed(0, start: 0, length: 0) : batch(0)
  }
}

/// A task of which nothing that is said is right.
private final class NamelessTask: TrainingTask {
  static let name = ""
  static let summary = ""
  static let presets = ["twin", "twin"].map { name in
    Preset(name, "") { _ in
      var configuration = FaultyConfiguration()
      configuration.forgotten = true
      return configuration
    }
  }
  static let metrics = [Metric.accuracy, .accuracy]
  static func datasets(_ configuration: FaultyConfiguration) -> [Dataset] { [] }

  private let task: FaultyTask

  init(_ configuration: FaultyConfiguration, _ environment: TaskEnvironment) throws {
    task = try FaultyTask(configuration, environment)
  }

  var store: ParameterStore { task.store }
  var stepsPerEpoch: Int? { task.stepsPerEpoch }
  func batch(_ step: Int) -> Tensor { task.batch(step) }
  func loss(_ batch: Tensor, _ pass: Pass) -> Tensor { task.loss(batch, pass) }
  func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] { task.evaluate(split, pass) }
  func alignmentBatch() -> Tensor { task.alignmentBatch() }
}

@Suite("The checker of tasks") struct CheckTaskTests {
  @Test("It finds nothing wrong with a task that keeps everything") func right() throws {
    let violations = try checkTask(FaultyTask.self)
    #expect(violations == [])
  }

  @Test(
    "It tells what is wrong",
    arguments: [
      ("own seed", "the first weights differ from method to method"),
      ("one seed", "the first weights do not depend on the seed"),
      ("unused parameter", "bp: 'unused' gets no gradient"),
      ("batches in turn", "a batch is not the same whenever it is asked for"),
      ("no point", "no point has an alignment"),
      ("loss that rises", "bp: 30 steps on one batch take the loss from "),
      ("loss without end", "bp: the loss of step 0 is inf"),
      ("evaluation in training mode", "evaluation moves weights"),
      ("no metric", "'validationAccuracy' is not among []"),
      ("metric of its own", "are not all of [\"testAccuracy\"]"),
      ("percent", "'validationAccuracy' is "),
      ("metric of chance", "two evaluations of the same weights differ"),
    ])
  func wrong(_ fault: String, _ message: String) throws {
    let violations = try checkTask(FaultyTask.self, assignments: ["fault=\(fault)"])
    #expect(violations.contains { $0.contains(message) }, "\(violations)")
  }

  @Test("It tells what is wrong with names, presets and metrics") func names() throws {
    let violations = try checkTask(NamelessTask.self, preset: "twin")
    for message in [
      "two presets have one name: [\"twin\", \"twin\"]", "there is no preset 'debug'",
      "the task has no name or summary", "the preset 'twin' has no summary", "YAML changes 'twin' for bp",
      "metrics are missing or share a name: [\"accuracy\", \"accuracy\"]",
    ] {
      #expect(violations.contains(message), "\(violations)")
    }
  }
}
