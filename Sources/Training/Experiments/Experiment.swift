import Basics
import Datasets
import FeedbackAlignment
import Foundation
import Torch

/// A task with one configuration for each method, to be trained with any seed.
public struct Experiment<Task: TrainingTask>: Sendable where Task.Configuration: Sendable {
  /// The name of the preset.
  public let preset: String
  /// Where it runs.
  public let device: Device
  /// Where data sets are.
  public let datasets: DatasetStore
  private let base: Preset<Task.Configuration>
  private var overlay: @Sendable (Task.Configuration) throws -> Task.Configuration

  /// - Parameters:
  ///   - task: What is trained.
  ///   - preset: The name of a preset of the task; nil for its first.
  ///   - file: A YAML file that overrides the preset.
  ///   - assignments: `key=value` that override that.
  ///   - device: Where it runs.
  ///   - datasets: Where data sets are.
  /// - Throws: ``ConfigurationError``.
  public init(
    _ task: Task.Type = Task.self, preset: String? = nil, file: URL? = nil, assignments: [String] = [],
    device: Device = .cpu, datasets: DatasetStore = DatasetStore()
  ) throws {
    base = try Task.preset(named: preset)
    self.preset = base.name
    self.device = device
    self.datasets = datasets
    let layers = try ConfigurationOverlay(file: file, assignments: assignments)
    overlay = { try layers.applied(to: $0) }
    _ = try configuration(.bp)
  }

  /// What a run goes on with: its configuration.
  /// - Parameters:
  ///   - record: The run.
  ///   - assignments: `key=value` that override its configuration.
  ///   - device: Where it runs.
  ///   - datasets: Where data sets are.
  /// - Throws: ``ConfigurationError``.
  public init(
    resuming record: RunRecord<Task.Configuration>, assignments: [String] = [], device: Device = .cpu,
    datasets: DatasetStore = DatasetStore()
  ) throws {
    base = Preset(record.run.preset, "") { _ in record.configuration }
    preset = base.name
    self.device = device
    self.datasets = datasets
    let layers = try ConfigurationOverlay(assignments: assignments)
    overlay = { try layers.applied(to: $0) }
    _ = try configuration(record.run.method)
  }

  /// The configuration for a method.
  /// - Throws: ``ConfigurationError``.
  public func configuration(_ method: MethodName) throws -> Task.Configuration {
    try overlay(base.configuration(method))
  }

  /// The same experiment with steps made in another way.
  package func adjusted(
    _ adjust: @escaping @Sendable (inout TrainingConfiguration) -> Void
  ) -> Experiment {
    var result = self
    result.overlay = { [overlay] base in
      var configuration = try overlay(base)
      adjust(&configuration.training)
      return configuration
    }
    return result
  }

  /// The same experiment with more `key=value` overrides.
  /// - Throws: ``ConfigurationError``.
  package func setting(_ assignments: [String]) throws -> Experiment {
    let layers = try ConfigurationOverlay(assignments: assignments)
    var result = self
    result.overlay = { [overlay] base in try layers.applied(to: overlay(base)) }
    return result
  }

  /// What a run of this experiment is.
  /// - Throws: ``ConfigurationError``.
  public func record(_ method: MethodName, seed: UInt64) throws -> RunRecord<Task.Configuration> {
    let configuration = try configuration(method)
    return RunRecord(
      run: RunHeader(
        task: Task.name, preset: preset, method: method, seed: seed, device: device,
        data: try Task.dataDigest(configuration, in: datasets)),
      configuration: configuration)
  }

  /// A trainer at the beginning of a run.
  /// - Throws: ``ConfigurationError``, and what the task throws when its data are missing or damaged.
  public func trainer(
    _ method: MethodName, seed: UInt64, callbacks: [any TrainingCallback] = []
  ) throws -> Trainer<Task> {
    try Experiment.trainer(
      configuration(method), method, seed: seed, device: device, datasets: datasets, callbacks: callbacks)
  }

  /// A trainer for a recorded run, at its beginning.
  /// - Throws: What the task throws when its data are missing or damaged.
  public static func trainer(
    _ record: RunRecord<Task.Configuration>, device: Device, datasets: DatasetStore,
    callbacks: [any TrainingCallback] = []
  ) throws -> Trainer<Task> {
    try trainer(
      record.configuration, record.run.method, seed: record.run.seed, device: device, datasets: datasets,
      callbacks: callbacks)
  }

  private static func trainer(
    _ configuration: Task.Configuration, _ method: MethodName, seed: UInt64, device: Device,
    datasets: DatasetStore, callbacks: [any TrainingCallback]
  ) throws -> Trainer<Task> {
    let environment = TaskEnvironment(seed: seed, device: device, datasets: datasets)
    return try Trainer(
      Task(configuration, environment), configuration,
      method: method.make(configuration.feedback, seed: seed),
      environment: environment, callbacks: callbacks)
  }
}
