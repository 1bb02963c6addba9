import Basics
import FeedbackAlignment
import Foundation
import Torch

/// What methods reach on one task, over the same seeds and from the same initial weights.
public struct Comparison: Codable, Equatable, Sendable {
  /// What one method reached.
  public struct Method: Codable, Equatable, Sendable {
    /// The metrics of the selected weights, over seeds.
    public let metrics: [String: Statistics]
    /// Seconds of a training step: the median over seeds of their medians, and the extremes of all steps.
    public let secondsPerStep: Timing
    /// Seconds of training in an epoch, the median over records and seeds; nil where training has no epochs.
    public let secondsPerEpoch: Double?
    /// Peak memory of tensors in bytes, the maximum over seeds.
    public let peakBytes: Int
    /// The network's parameters.
    public let parameters: Int
    /// The alignment at each point with the selected weights, pooled over seeds; nil for methods without
    /// feedback.
    public let alignment: [PointAlignment]?
    /// The records of each seed, for curves.
    var history: [[TrainingRecord]] = []
    /// What the weights of the first seed show; nil where the task shows no pictures.
    fileprivate(set) var pictures: TaskPictures?

    private enum CodingKeys: String, CodingKey {
      case metrics, secondsPerStep, secondsPerEpoch, peakBytes, parameters, alignment
    }
  }

  /// The name of the task.
  public let task: String
  /// The name of the preset.
  public let preset: String
  /// Where it ran.
  public let device: String
  /// The seeds.
  public let seeds: [UInt64]
  /// What each method reached, by its name; a method all of whose runs failed is missing.
  public let methods: [String: Method]
  /// Why runs failed, by method and seed.
  public let failures: [String: [String: String]]
  /// The settings in which the methods differ, by the method's name.
  public let settings: [DifferingSetting]
  /// The command, the versions and the machine.
  public let provenance: Provenance
  /// The metrics of the task.
  var metrics: [Metric] = []

  private enum CodingKeys: String, CodingKey {
    case task, preset, device, seeds, methods, failures, settings, provenance
  }

  /// Trains every method with every seed, the methods in turn for each seed.
  ///
  /// A run that diverges costs the others nothing: it is in ``failures``.
  /// - Parameters:
  ///   - experiment: What is trained.
  ///   - methods: The methods.
  ///   - seeds: The seeds.
  ///   - folder: Where each run is kept when it ends, in `runs.jsonl`, and never trained again; nil keeps none.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - callbacks: Makes the callbacks of a run.
  ///   - waiting: Told when nothing is left but what another process with the same folder is at.
  /// - Throws: What training throws that is no failure of a run alone; with a folder also `FileError`.
  public init<Task: TrainingTask>(
    _ experiment: Experiment<Task>, methods: [MethodName], seeds: [UInt64], in folder: URL? = nil,
    checkpointSeconds: Double? = nil,
    callbacks: (MethodName, UInt64) -> [any TrainingCallback] = { _, _ in [] }, waiting: () -> Void = {}
  ) throws {
    let runs = try seeds.flatMap { seed in try methods.map { try experiment.planned($0, seed: seed) } }
    let ledger = try RunLedger(in: folder)
    try ledger.complete(
      runs, isTested: true, checkpointSeconds: checkpointSeconds,
      callbacks: { callbacks($0.key.method, $0.key.seed) }, waiting: waiting)
    let entries = runs.compactMap { ledger.entry($0.key, isTested: true) }
    task = Task.name
    metrics = Task.metrics
    settings = try [DifferingSetting](methods.map { ($0.rawValue, try experiment.configuration($0)) })
    provenance = .current
    preset = experiment.preset
    device = experiment.device.description
    self.seeds = seeds
    self.methods = try Dictionary(grouping: entries, by: \.key.method.rawValue).compactMapValues { entries in
      var method = Method(entries)
      method?.pictures = try entries.first { $0.result != nil }.flatMap { try ledger.pictures(of: $0) }
      return method
    }
    let failed = entries.filter { $0.failure != nil }
    failures = Dictionary(grouping: failed, by: \.key.method.rawValue).mapValues { entries in
      Dictionary(uniqueKeysWithValues: entries.map { ("\($0.key.seed)", $0.failure ?? "") })
    }
  }

  /// The methods in the order of tables.
  public var orderedMethods: [(name: MethodName, method: Method)] {
    methods.compactMap { name, method in MethodName(rawValue: name).map { ($0, method) } }
      .sorted { $0.0 < $1.0 }
  }
}

extension Comparison.Method {
  /// What the runs of a method reached; nil when all failed.
  fileprivate init?(_ entries: [RunEntry]) {
    let results = entries.compactMap(\.result)
    guard let first = results.first else { return nil }
    metrics = Dictionary(
      uniqueKeysWithValues: first.metrics.keys.sorted().map { name in
        (name, Statistics(results.compactMap { $0.metrics[name] }))
      })
    let done = entries.filter { $0.result != nil }
    secondsPerStep = Timing(combining: done.compactMap(\.secondsPerStep))
    let epochs = done.flatMap { $0.history.secondsPerEpoch }
    secondsPerEpoch = epochs.isEmpty ? nil : Timing(epochs).median
    peakBytes = done.map(\.peakBytes).max() ?? 0
    parameters = done.compactMap(\.parameters).max() ?? 0
    alignment =
      first.alignment.isEmpty
      ? nil
      : first.alignment.indices.map { index in PointAlignment(pooling: results.map { $0.alignment[index] }) }
    history = done.map(\.history)
  }
}

extension [TrainingRecord] {
  /// The seconds of training of each record by the epochs since the one before.
  fileprivate var secondsPerEpoch: [Double] {
    zip(self, [0] + map { $0.epoch ?? 0 }).compactMap { record, before in
      record.epoch.flatMap { $0 > before ? record.seconds / ($0 - before) : nil }
    }
  }
}
