import Basics
import FeedbackAlignment
import Foundation

/// Trains a task with many settings, and ranks them by the validation metric.
///
/// Test metrics are neither kept nor shown, so that nothing can be selected by them: what the best settings reach
/// in the test is for a comparison with other seeds to say.
public struct Search<Task: TrainingTask> {
  /// The settings of each trial.
  public let trials: [[SearchSetting]]
  private let experiments: [Experiment<Task>]
  private let definition: SearchDefinition<Task.Configuration>

  /// Checks the configuration of every trial before anything is trained.
  /// - Parameters:
  ///   - experiment: What is trained, but for the keys that vary.
  ///   - method: How it is trained.
  ///   - seeds: The seeds of every trial.
  ///   - space: What varies.
  /// - Throws: ``ConfigurationError``.
  public init(
    _ experiment: Experiment<Task>, method: MethodName, seeds: [UInt64], space: SearchSpace
  ) throws {
    let base = try experiment.configuration(method)
    trials = try space.trials { try ConfigurationOverlay.isWholeNumber($0, in: base) }
    experiments = try trials.map { settings in
      let experiment = try experiment.setting(settings.map(\.assignment))
      _ = try experiment.configuration(method)
      return experiment
    }
    definition = SearchDefinition(
      task: Task.name, preset: experiment.preset, method: method,
      metric: Task.primaryMetric.name(on: .validation),
      seeds: seeds, device: experiment.device.description, search: space, configuration: base)
  }

  /// Trains what is not in the folder yet, one seed of a trial after the other, and ranks the trials.
  ///
  /// A trial one of whose runs fails is not trained with further seeds.
  /// - Parameters:
  ///   - folder: Where `search.yaml` and `trials.jsonl` are kept, and while a long run lasts its checkpoint; a search
  ///     that was cut goes on, in the middle of such a run too.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - callbacks: Makes the callbacks of a run, from the number of the trial and the seed.
  ///   - waiting: Told when nothing is left but what another process with the same folder is at.
  /// - Throws: ``SearchError/differs(folder:key:stored:asked:)``, ``RunError``, `FileError`, and what the task
  ///   throws when its data are missing.
  public func run(
    in folder: URL, checkpointSeconds: Double? = nil,
    callbacks: (Int, UInt64) -> [any TrainingCallback] = { _, _ in [] }, waiting: () -> Void = {}
  ) throws -> SearchResult {
    try RunError.createFolder(folder)
    try definition.store(in: folder)
    let journal = try Journal<SearchRecord>(folder.appendingPathComponent("trials.jsonl"))
    let runs = trials.indices.flatMap { index in
      definition.seeds.map { (trial: index + 1, seed: $0) }
    }
    try journal.complete(
      runs, key: { "\($0.trial) \($0.seed)" },
      isDone: { run in
        journal.entries.contains { $0.trial == run.trial && ($0.seed == run.seed || $0.failure != nil) }
      },
      waiting: waiting
    ) { run in
      let unfinished = UnfinishedRun(
        folder.appendingPathComponent("trial\(run.trial)-seed\(run.seed).safetensors"),
        checkpointSeconds: checkpointSeconds)
      try journal.append(
        record(run.trial, experiments[run.trial - 1], run.seed, unfinished, callbacks(run.trial, run.seed)))
      unfinished.remove()
    }
    return SearchResult(
      task: definition.task, preset: definition.preset, method: definition.method, device: definition.device,
      seeds: definition.seeds, metric: Task.primaryMetric, settings: trials, records: journal.entries)
  }

  private func record(
    _ number: Int, _ experiment: Experiment<Task>, _ seed: UInt64, _ unfinished: UnfinishedRun,
    _ callbacks: [any TrainingCallback]
  ) throws -> SearchRecord {
    var parameters: Int?
    let outcome = try RunFailure.catching {
      let trainer = try unfinished.train(callbacks: callbacks) {
        let trainer = try experiment.trainer(definition.method, seed: seed)
        parameters = trainer.task.store.parameterCount
        return trainer
      }
      return trainer.selected?.metrics[Task.primaryMetric.name(on: .validation)]
    }
    let settings = trials[number - 1].map(\.assignment)
    let (value, failure): (Double?, String?) =
      switch outcome {
      case .success(let value?): (value, nil)
      case .success(nil): (nil, "the task gave no \(Task.primaryMetric.name(on: .validation))")
      case .failure(let failure): (nil, failure.reason)
      }
    return SearchRecord(
      trial: number, seed: seed, settings: settings, parameters: parameters, validation: value,
      failure: failure)
  }
}
