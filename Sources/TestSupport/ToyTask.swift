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
  /// The step, counted from 0, from which on the data hold NaN; never when nil.
  package var breaksAtStep: Int?
  package var training = TrainingConfiguration(epochs: 3, batchSize: 8)
  package var optimizer = OptimizerConfiguration(
    StochasticGradientDescent(momentum: 0.9), learningRate: 0.05)
  package var feedback = FeedbackConfiguration()

  package init() {}

  package static let keys =
    [
      SettingKey("hidden", \Self.hidden, "the widths of the hidden layers", .each(.atLeast(1))),
      SettingKey("dropout", \Self.dropout, "the probability that a hidden unit is dropped", .dropout),
      SettingKey("activation", \Self.activation, "what follows every hidden layer"),
      SettingKey("validation", \Self.validation, "what evaluation reports, in turn"),
      SettingKey("breaksAtStep", optional: \Self.breaksAtStep, "from when on the data hold NaN"),
    ] + commonKeys
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
  package static let metrics: [Metric] = [.accuracy, .loss]
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
      count: 20, batchSize: configuration.training.batchSize ?? 20,
      seed: derivedSeed(environment.seed, "order"),
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

  package var stepsPerEpoch: Int? { order.stepsPerEpoch }

  package func batch(_ step: Int) -> Batch {
    let indices = order.indices(step)
    let isBroken = configuration.breaksAtStep.map { step >= $0 } ?? false
    let inputs = data.inputs.gathered(0, indices)
    return Batch(inputs: isBroken ? inputs * .nan : inputs, classes: data.classes.gathered(0, indices))
  }

  package func sampleCount(of batch: Batch) -> Int { batch.classes.count }

  package func loss(_ batch: Batch, _ pass: Pass) -> Tensor {
    logits(batch.inputs, pass).crossEntropy(batch.classes)
  }

  package func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    let logits = logits(held.inputs, pass)
    let script = configuration.validation
    let loss = logits.crossEntropy(held.classes).item
    switch split {
    case .training: return [:]
    case .test: return [.accuracy: accuracy(logits, held.classes), .loss: loss]
    case .validation:
      defer { evaluations += 1 }
      let found = script.isEmpty ? accuracy(logits, held.classes) : script[evaluations % script.count]
      return [.accuracy: found, .loss: loss]
    }
  }

  package func alignmentBatch() -> Batch { Batch(inputs: held.inputs, classes: held.classes) }
}
