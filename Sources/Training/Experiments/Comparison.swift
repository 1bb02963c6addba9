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
    /// Seconds of a training step, over all steps of all seeds.
    public let secondsPerStep: Timing
    /// Seconds of training in an epoch, the median over records and seeds; nil where training has no epochs.
    public let secondsPerEpoch: Double?
    /// The most bytes of tensors alive at once, the most over seeds.
    public let peakBytes: Int
    /// The alignment at each point with the selected weights, pooled over seeds; nil for methods without
    /// feedback.
    public let alignment: [PointAlignment]?
    /// The records of each seed, for curves.
    var history: [[TrainingRecord]] = []

    private enum CodingKeys: String, CodingKey {
      case metrics, secondsPerStep, secondsPerEpoch, peakBytes, alignment
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
  /// What each method reached, by its name.
  public private(set) var methods: [String: Method]

  /// Trains every method with every seed, the methods in turn for each seed.
  /// - Parameters:
  ///   - experiment: What is trained.
  ///   - methods: The methods.
  ///   - seeds: The seeds.
  ///   - folder: Where each run is kept when it ends, in `runs.jsonl`, and never trained again; nil keeps none.
  ///   - callbacks: Makes the callbacks of a run.
  ///   - waiting: Told when nothing is left but what another process with the same folder is at.
  /// - Throws: What training throws; with a folder also ``RunError`` and `FileError`.
  public init<Task: TrainingTask>(
    _ experiment: Experiment<Task>, methods: [MethodName], seeds: [UInt64], in folder: URL? = nil,
    callbacks: (MethodName, UInt64) -> [any TrainingCallback] = { _, _ in [] }, waiting: () -> Void = {}
  ) throws {
    let definitions = try methods.map { (method: $0, digest: try experiment.definition($0)) }
    let runs = seeds.flatMap { seed in
      definitions.map {
        Outcome.Run(
          definition: $0.digest, method: $0.method, seed: seed, device: experiment.device.description,
          threads: LibTorch.threadCount)
      }
    }
    func outcome(_ run: Outcome.Run) throws -> Outcome {
      try Outcome(run, experiment, callbacks: callbacks(run.method, run.seed))
    }
    let outcomes: [Outcome]
    if let folder {
      try RunError.createFolder(folder)
      let journal = try Journal<Outcome>(folder.appendingPathComponent("runs.jsonl"))
      func stored(_ run: Outcome.Run) -> Outcome? { journal.entries.first { $0.run == run } }
      try journal.complete(
        runs, key: { "\($0.definition) \($0.seed)" }, isDone: { stored($0) != nil }, waiting: waiting
      ) { try journal.append(outcome($0)) }
      outcomes = runs.compactMap(stored)
    } else {
      outcomes = try runs.map(outcome)
    }
    task = Task.name
    preset = experiment.preset
    device = experiment.device.description
    self.seeds = seeds
    self.methods = Dictionary(grouping: outcomes, by: \.run.method.rawValue).mapValues(Method.init)
  }

  /// The methods in the order of tables.
  public var orderedMethods: [(name: MethodName, method: Method)] {
    methods.compactMap { name, method in MethodName(rawValue: name).map { ($0, method) } }
      .sorted { $0.0 < $1.0 }
  }
}

/// What one run leaves behind: a line of `runs.jsonl`.
private struct Outcome: Codable {
  /// All that decides a run, and what it takes.
  struct Run: Codable, Equatable {
    let definition: String
    let method: MethodName
    let seed: UInt64
    let device: String
    let threads: Int
  }

  let run: Run
  let metrics: [String: Double]
  let stepSeconds: [Double]
  let peakBytes: Int
  let alignment: [PointAlignment]
  let history: [TrainingRecord]

  init<Task: TrainingTask>(
    _ run: Run, _ experiment: Experiment<Task>, callbacks: [any TrainingCallback]
  ) throws {
    self.run = run
    let recorder = HistoryRecorder()
    let trainer = try experiment.trainer(run.method, seed: run.seed, callbacks: callbacks + [recorder])
    experiment.device.resetPeakBytes()
    try trainer.train()
    stepSeconds = trainer.stepSeconds
    peakBytes = experiment.device.peakBytes
    let result = try trainer.result()
    (metrics, alignment) = (result.metrics, result.alignment)
    history = recorder.records
  }
}

extension Comparison.Method {
  fileprivate init(_ outcomes: [Outcome]) {
    let names = outcomes.first?.metrics.keys.sorted() ?? []
    metrics = Dictionary(
      uniqueKeysWithValues: names.map { name in (name, Statistics(outcomes.compactMap { $0.metrics[name] })) }
    )
    secondsPerStep = Timing(outcomes.flatMap(\.stepSeconds))
    let epochs = outcomes.flatMap { $0.history.secondsPerEpoch }
    secondsPerEpoch = epochs.isEmpty ? nil : Timing(epochs).median
    peakBytes = outcomes.map(\.peakBytes).max() ?? 0
    let points = outcomes.first?.alignment ?? []
    alignment =
      points.isEmpty
      ? nil
      : points.indices.map { index in PointAlignment(pooling: outcomes.map { $0.alignment[index] }) }
    history = outcomes.map(\.history)
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
