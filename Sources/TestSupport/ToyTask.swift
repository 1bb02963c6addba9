import Basics
import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// The configuration of ``ToyTask``.
package struct ToyConfiguration: TaskConfiguration {
  /// The widths of the hidden layers.
  package var hidden = [8, 6]
  /// The probability that a hidden unit is dropped.
  package var dropout = 0.3
  /// The activation.
  package var activation = Activation.tanh
  /// What `evaluate` reports as the validation accuracy, in turn; the true accuracy when empty.
  package var validation: [Double] = []
  /// The step, counted from 0, from which on the data hold NaN; -1 for never.
  package var breaksAtStep = -1
  package var training = TrainingConfiguration(epochs: 3, batchSize: 8)
  package var optimizer = OptimizerConfiguration(.sgd, learningRate: 0.05, momentum: 0.9)
  package var feedback = FeedbackConfiguration()

  package init() {}

  package func validate() throws {
    try require("hidden", hidden.allSatisfy { $0 >= 1 }, "must be widths of at least 1, not \(hidden)")
    try require("dropout", (0..<1).contains(dropout), "must be at least 0 and less than 1, not \(dropout)")
  }
}

/// A task without files: 20 rows of six numbers, three classes, three steps in an epoch, the last one short.
package final class ToyTask: TrainingTask {
  package struct Batch: CapturableBatch {
    let inputs: Tensor
    let classes: Tensor

    package var tensors: [Tensor] { [inputs, classes] }
    package func replacing(_ tensors: [Tensor]) -> Batch { Batch(inputs: tensors[0], classes: tensors[1]) }
  }

  package static let name = "toy"
  package static let summary = "classify what a random linear teacher classifies"
  package static let presets: [Preset<ToyConfiguration>] = [
    Preset("debug", "three epochs of a small perceptron") { _ in ToyConfiguration() },
    Preset("tuned", "half the dropout and momentum for DFA") { method in
      var configuration = ToyConfiguration()
      configuration.dropout = method.tuned(bp: 0.5, dfa: 0.1)
      return configuration
    },
  ]
  package static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  package static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)
  package static func datasets(_ configuration: ToyConfiguration) -> [Dataset] { [] }

  package let store: ParameterStore
  private let configuration: ToyConfiguration
  private let data, held: ToyData
  private let order: BatchOrder
  private let logits: (Tensor, Pass) -> Tensor
  private var evaluations = 0

  package init(_ configuration: ToyConfiguration, _ environment: TaskEnvironment) throws {
    self.configuration = configuration
    data = ToyData(rows: 20, width: 6, classes: 3, seed: 11).on(environment.device)
    held = ToyData(rows: 30, width: 6, classes: 3, seed: 11).on(environment.device)
    store = environment.parameterStore()
    order = BatchOrder(
      count: 20, batchSize: configuration.training.batchSize, seed: derivedSeed(environment.seed, "order"),
      device: environment.device)
    let root = store.root
    let output = FeedbackOutput(root / "logits")
    let widths = [6] + configuration.hidden
    let layers = (1..<widths.count).map { index in
      let scope = root / "hidden\(index)"
      return (
        Linear(scope, widths[index - 1], widths[index], bias: false),
        BatchNorm(scope / "norm", widths[index]), FeedbackPoint(scope, of: output)
      )
    }
    let head = Linear(root / "head", widths[widths.count - 1], 3)
    let (activation, dropout) = (configuration.activation, Dropout(configuration.dropout))
    logits = { x, pass in
      let h = layers.reduce(x) { x, layer in
        layer.2(dropout(activation(layer.1(layer.0(x, pass), pass)), pass), pass)
      }
      return output(head(h, pass), pass)
    }
  }

  package var parameterGroups: [ParameterGroup] {
    [ParameterGroup(store.parameters, weightDecay: configuration.optimizer.weightDecay)]
  }
  package var stepsPerEpoch: Int { order.stepsPerEpoch }

  package func batch(epoch: Int, step: Int) -> Batch {
    let indices = order.indices(epoch: epoch, step: step)
    let number = epoch * stepsPerEpoch + step
    let isBroken = configuration.breaksAtStep >= 0 && number >= configuration.breaksAtStep
    let inputs = data.inputs.gathered(0, indices)
    return Batch(inputs: isBroken ? inputs * .nan : inputs, classes: data.classes.gathered(0, indices))
  }

  package func loss(_ batch: Batch, _ pass: Pass) -> Tensor {
    logits(batch.inputs, pass).crossEntropy(batch.classes)
  }

  package func evaluate(_ pass: Pass) -> [String: Double] {
    defer { evaluations += 1 }
    let logits = logits(held.inputs, pass)
    let script = configuration.validation
    let accuracy = accuracy(logits, held.classes)
    return [
      "validationAccuracy": script.isEmpty ? accuracy : script[evaluations % script.count],
      "validationLoss": logits.crossEntropy(held.classes).item, "testAccuracy": accuracy,
    ]
  }

  package func alignmentBatch() -> Batch { Batch(inputs: held.inputs, classes: held.classes) }
}
