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
  /// What ``evaluate(_:_:)`` gives. The first selects weights and settings by its value on the validation data, and is
  /// reported first.
  static var metrics: [Metric] { get }
  /// The data sets that a configuration reads.
  static func datasets(_ configuration: Configuration) -> [Dataset]
  /// A digest of the data that a configuration reads, by which changed data are noticed; that of its data sets unless a
  /// task reads something else.
  /// - Throws: What reading them throws when they are missing.
  static func dataDigest(_ configuration: Configuration, in datasets: DatasetStore) throws -> String

  /// Reads the data and makes the network.
  init(_ configuration: Configuration, _ environment: TaskEnvironment) throws

  /// The network's parameters.
  var store: ParameterStore { get }
  /// Steps in an epoch; nil where training has no epochs.
  var stepsPerEpoch: Int? { get }
  /// Files that a run keeps so that its network can be used without the data, such as what made tokens of text, by their names; the
  /// default is none.
  var keptFiles: [String: [UInt8]] { get }
  /// The batch of a step, from 0; the same whenever it is asked for.
  func batch(_ step: Int) throws -> Batch
  /// How many samples the loss of a batch is a mean over, by which a run's mean training loss weighs it; the default
  /// is 1, for tasks whose batches are all of one size.
  func sampleCount(of batch: Batch) -> Int
  /// What samples are called where people count them by the second, such as `tokens`; nil, the default, where they count steps alone.
  static var sampleWord: String? { get }
  /// The parts of a batch, for steps in micro-batches; the default refuses.
  /// - Throws: ``ConfigurationError`` when the task's batches cannot be split.
  func microBatches(of batch: Batch, count: Int) throws -> [MicroBatch<Batch>]
  /// Runs the network on a batch and returns the scalar loss, a mean over samples.
  func loss(_ batch: Batch, _ pass: Pass) -> Tensor
  /// The metrics of the present weights on a part of the data; empty where the task has no such part. Called without a
  /// graph.
  func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double]
  /// What alignment is measured on.
  func alignmentBatch() throws -> Batch
  /// What whoever trains should be told of the weights after so many steps, such as that they will learn nothing more; the default
  /// is nothing.
  /// - Parameters:
  ///   - step: The steps done; every one is asked about, so that a task looks at its weights after few of them.
  ///   - pass: A pass of evaluation.
  func notice(after step: Int, _ pass: Pass) throws -> String?
}

extension TrainingTask {
  /// The metric that selects weights and settings, and is reported first.
  public static var primaryMetric: Metric {
    guard let metric = metrics.first else {
      fatalError("task '\(name)' has no metrics; the first selects weights")
    }
    return metric
  }

  /// Steps alone are counted.
  public static var sampleWord: String? { nil }

  /// None.
  public var keptFiles: [String: [UInt8]] { [:] }

  /// 1, for every batch.
  public func sampleCount(of batch: Batch) -> Int { 1 }

  /// Nothing.
  public func notice(after step: Int, _ pass: Pass) throws -> String? { nil }

  /// That of the data sets.
  public static func dataDigest(_ configuration: Configuration, in datasets: DatasetStore) throws -> String {
    try datasets.digest(of: self.datasets(configuration))
  }

  /// Throws, as the batches of most tasks are small enough.
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

  /// The metric of a name.
  /// - Throws: ``ConfigurationError/unknown(kind:name:nearest:known:)``.
  package static func metric(named name: String?) throws(ConfigurationError) -> Metric {
    guard let name else { return primaryMetric }
    guard let metric = metrics.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("metric", name, among: metrics.map(\.name))
    }
    return metric
  }
}
