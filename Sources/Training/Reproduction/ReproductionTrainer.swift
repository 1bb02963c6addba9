import Basics
import Datasets
import FeedbackAlignment
import Foundation
import Torch

/// Trains what a table of a paper needs, keeps each run, and sets the results beside the paper's.
public struct ReproductionTrainer {
  /// The most epochs of a quick look.
  package static let quickEpochs = 3

  private let reproduction: Reproduction
  private let cells: [ReproductionCell]
  private let seeds: [UInt64]
  private let isQuick: Bool
  private let device: Device
  private let datasets: DatasetStore

  /// - Parameters:
  ///   - reproduction: The table.
  ///   - rows: The rows to train; all when empty.
  ///   - columns: The columns to train; all when empty.
  ///   - seeds: The seeds of every cell and method.
  ///   - isQuick: Whether to train three epochs at most, to see that everything works.
  ///   - device: Where it runs.
  ///   - datasets: Where data sets are.
  /// - Throws: ``ConfigurationError`` when there is no such row, column or preset.
  public init(
    _ reproduction: Reproduction, rows: [String] = [], columns: [String] = [], seeds: [UInt64],
    isQuick: Bool = false, device: Device = .cpu, datasets: DatasetStore = DatasetStore()
  ) throws {
    self.reproduction = reproduction
    self.seeds = seeds
    self.isQuick = isQuick
    self.device = device
    self.datasets = datasets
    cells = try reproduction.cells(rows: rows, columns: columns)
    for cell in cells { for method in cell.methods { try check(cell.task, cell, method) } }
  }

  /// The name of the table's files: `table3`, and `table3-quick` for a quick look.
  public var fileName: String { reproduction.name + (isQuick ? "-quick" : "") }

  /// Trains the runs that the folder does not have yet, one seed after the other, beside other processes that do the same
  /// with the folder.
  /// - Parameters:
  ///   - folder: Where the runs are kept, in `runs.jsonl`, those of all tables, and while a long one lasts its
  ///     checkpoint, from which it is resumed when it was interrupted.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - callbacks: Makes the callbacks of a run, from a label.
  ///   - note: Told what stored runs are of another definition, and when another process is waited for.
  /// - Returns: The cells that were asked for.
  /// - Throws: `FileError`, and what the tasks throw when data are missing: before anything is trained.
  public func run(
    in folder: URL, checkpointSeconds: Double? = nil,
    callbacks: (String) -> [any TrainingCallback] = { _ in [] },
    note: (String) -> Void = { _ in }
  ) throws -> ReproductionResult {
    let ledger = try RunLedger(in: folder)
    let groups = try cells.flatMap { cell in
      try cell.methods.map { method in
        (label: label(cell, method), runs: try seeds.map { try planned(cell.task, cell, method, seed: $0) })
      }
    }
    var labels: [RunKey: String] = [:]
    for (label, runs) in groups {
      tellOfOthers(runs, label, ledger, note)
      for run in runs where labels[run.key] == nil { labels[run.key] = "\(label) seed \(run.key.seed)" }
    }
    let runs = seeds.indices.flatMap { seed in groups.map { $0.runs[seed] } }
    try ledger.complete(
      runs, isTested: true, checkpointSeconds: checkpointSeconds,
      callbacks: { callbacks(labels[$0.key] ?? fileName) },
      waiting: { note("\(fileName): waits for what another process is training for it") })
    return try result(cells, ledger)
  }

  /// The cells of the whole table with what the folder has of them.
  /// - Throws: `FileError`.
  public func stored(in folder: URL) throws -> ReproductionResult {
    try result(reproduction.cells, RunLedger(in: folder))
  }

  private func result(_ cells: [ReproductionCell], _ ledger: RunLedger) throws -> ReproductionResult {
    ReproductionResult(
      reproduction, isQuick: isQuick,
      cells: cells.map { cell in
        var runs: [MethodName: [RunEntry]] = [:]
        for method in cell.methods {
          // Data that are not here have no runs.
          let keys = try? seeds.map { try planned(cell.task, cell, method, seed: $0).key }
          runs[method] = (keys ?? []).compactMap { ledger.entry($0, isTested: true) }
        }
        return ReproductionResult.Cell(cell, runs)
      })
  }

  private func experiment<Task: TrainingTask>(_ task: Task.Type, _ cell: ReproductionCell) throws
    -> Experiment<Task>
  {
    let experiment = try Experiment(
      task, preset: cell.preset, assignments: cell.settings, device: device, datasets: datasets)
    return isQuick ? experiment.quickLook : experiment
  }

  /// What messages call the runs of a cell by a method.
  private func label(_ cell: ReproductionCell, _ method: MethodName) -> String {
    "\(fileName) \(cell.row) \(cell.column) \(method.rawValue)"
  }

  private func check<Task: TrainingTask>(
    _ task: Task.Type, _ cell: ReproductionCell, _ method: MethodName
  ) throws { _ = try experiment(task, cell).configuration(method) }

  private func planned<Task: TrainingTask>(
    _ task: Task.Type, _ cell: ReproductionCell, _ method: MethodName, seed: UInt64
  ) throws -> PlannedRun { try experiment(task, cell).planned(method, seed: seed, settings: cell.settings) }

  /// Tells of runs of the same cell that do not count.
  private func tellOfOthers(
    _ runs: [PlannedRun], _ label: String, _ ledger: RunLedger, _ note: (String) -> Void
  ) {
    guard let run = runs.first, !runs.allSatisfy({ ledger.entry($0.key, isTested: true) != nil }) else {
      return
    }
    let keys = Set(runs.map(\.key))
    let others = ledger.entries.count {
      $0.key.task == run.key.task && $0.preset == run.preset && $0.settings == run.settings
        && $0.key.method == run.key.method && !keys.contains($0.key)
        && runs.map(\.key.seed).contains($0.key.seed)
    }
    guard others > 0 else { return }
    note(
      "\(label): \(others) stored \(others == 1 ? "run is" : "runs are") of another configuration, version, data or "
        + "machine, and left out")
  }
}

extension Experiment {
  /// The same for ``ReproductionTrainer/quickEpochs`` epochs at most.
  package var quickLook: Experiment {
    adjusted { $0.shorten(toEpochs: ReproductionTrainer.quickEpochs) }
  }
}
