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
  ///   - folder: Where `search.yaml` and `runs.jsonl` are kept, and while a long run lasts its checkpoint; a search
  ///     that was interrupted is resumed, in the middle of such a run too.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - callbacks: Makes the callbacks of a run, from the number of the trial and the seed.
  ///   - waiting: Told when nothing is left but what another process with the same folder is at.
  /// - Throws: ``ConfigurationError/differs(what:folder:key:stored:asked:)``, ``RunError``, `FileError`, and what the task
  ///   throws when its data are missing.
  public func run(
    in folder: URL, checkpointSeconds: Double? = nil,
    callbacks: (Int, UInt64) -> [any TrainingCallback] = { _, _ in [] }, waiting: () -> Void = {}
  ) throws -> SearchResult {
    let ledger = try RunLedger(in: folder)
    try definition.store(in: folder)
    let runs = try zip(trials, experiments).enumerated().flatMap { index, trial in
      try definition.seeds.map { seed in
        (
          trial: index + 1,
          run: try trial.1.planned(definition.method, seed: seed, settings: trial.0.map(\.assignment))
        )
      }
    }
    let trialOfRun = Dictionary(runs.map { ($0.run.key, $0.trial) }) { first, _ in first }
    let runsOfTrial = Dictionary(grouping: runs, by: \.trial).mapValues { $0.map(\.run) }
    func records(_ trial: Int) -> [SearchRecord] {
      (runsOfTrial[trial] ?? []).compactMap { run in
        ledger.entry(run.key, isTested: false).map { SearchRecord($0, metric: Task.primaryMetric) }
      }
    }
    try ledger.complete(
      runs.map(\.run), isTested: false, checkpointSeconds: checkpointSeconds,
      isNeeded: { run in !records(trialOfRun[run.key] ?? 0).contains { $0.failure != nil } },
      callbacks: { callbacks(trialOfRun[$0.key] ?? 0, $0.key.seed) }, waiting: waiting)
    return SearchResult(
      task: definition.task, preset: definition.preset, method: definition.method, device: definition.device,
      seeds: definition.seeds, metric: Task.primaryMetric, settings: trials,
      records: trials.indices.map { records($0 + 1) })
  }
}
