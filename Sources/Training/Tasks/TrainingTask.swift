import Datasets
import FeedbackAlignment
import Networks
import Torch

/// A network, its data and its loss: what a family of tasks adds to the package.
///
/// A task knows no method, optimizer or file of a run. Everything random comes from the seeds it is given.
public protocol TrainingTask: AnyObject, SendableMetatype {
  /// What the task can be told.
  associatedtype Configuration: TaskConfiguration
  /// What one step works on.
  associatedtype Batch

  /// The name for commands, such as `graph`.
  static var name: String { get }
  /// What the task is, in one line.
  static var summary: String { get }
  /// The configurations with a name; the first is the default.
  static var presets: [Preset<Configuration>] { get }
  /// The metric of ``evaluate(_:)`` that selects the best epoch.
  static var validationMetric: Metric { get }
  /// The metric of ``evaluate(_:)`` that is reported first.
  static var testMetric: Metric { get }
  /// The data sets that a configuration reads.
  static func datasets(_ configuration: Configuration) -> [Dataset]

  /// Reads the data and makes the network.
  init(_ configuration: Configuration, _ environment: TaskEnvironment) throws

  /// The network's parameters.
  var store: ParameterStore { get }
  /// The parameters as the optimizer is to treat them; every parameter in one group.
  var parameterGroups: [ParameterGroup] { get }
  /// Steps in an epoch.
  var stepsPerEpoch: Int { get }
  /// The batch of a step; the same whenever it is asked for.
  func batch(epoch: Int, step: Int) throws -> Batch
  /// The parts of a batch, for steps in micro-batches; the default refuses.
  /// - Throws: ``ConfigurationError`` when the task's batches cannot be split.
  func microBatches(of batch: Batch, count: Int) throws -> [MicroBatch<Batch>]
  /// Runs the network on a batch and returns the scalar loss.
  func loss(_ batch: Batch, _ pass: Pass) -> Tensor
  /// The metrics of the present weights, by name. Called without a graph.
  func evaluate(_ pass: Pass) throws -> [String: Double]
  /// What alignment is measured on.
  func alignmentBatch() throws -> Batch
}

extension TrainingTask {
  /// Refuses.
  public func microBatches(of batch: Batch, count: Int) throws -> [MicroBatch<Batch>] {
    throw ConfigurationError.value(
      key: "training.microBatches", reason: "must be 1: the batches of task '\(Self.name)' cannot be split")
  }

  /// The preset of a name.
  /// - Throws: ``ConfigurationError/unknown(kind:name:nearest:known:)``.
  package static func preset(named name: String?) throws -> Preset<Configuration> {
    let known = presets.map(\.name)
    guard let name else { return presets[0] }
    guard let preset = presets.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("preset", name, among: known)
    }
    return preset
  }
}

/// A number that says how good a network is.
public struct Metric: Sendable, Hashable {
  /// The name in metrics files, such as `validationAccuracy`.
  public let name: String
  /// Whether more is better.
  public let higherIsBetter: Bool
  /// Whether it is a fraction that people read in percent.
  public let isFraction: Bool

  /// A metric.
  public init(_ name: String, higherIsBetter: Bool, isFraction: Bool = false) {
    self.name = name
    self.higherIsBetter = higherIsBetter
    self.isFraction = isFraction
  }

  /// Whether a value is better than another.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    higherIsBetter ? value > other : value < other
  }
}
