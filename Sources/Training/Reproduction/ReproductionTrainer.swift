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
    for cell in cells { for method in cell.methods { _ = try definition(cell.task, cell, method) } }
  }

  /// The name of the table's files: `table3`, and `table3-quick` for a quick look.
  public var fileName: String { reproduction.name + (isQuick ? "-quick" : "") }

  /// Trains the runs that the folder does not have yet, one seed after the other, beside other processes that do the same
  /// with the folder.
  /// - Parameters:
  ///   - folder: Where the runs are kept, in `<fileName>.jsonl`, and while a long one lasts its checkpoint, from which it
  ///     goes on when it was cut.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - callbacks: Makes the callbacks of a run, from a label.
  ///   - note: Told what stored runs are of another definition, and when another process is waited for.
  /// - Returns: The cells that were asked for.
  /// - Throws: ``RunError``, `FileError`, and what the tasks throw when data are missing: before anything is
  ///   trained.
  public func run(
    in folder: URL, checkpointSeconds: Double? = nil,
    callbacks: (String) -> [any TrainingCallback] = { _ in [] },
    note: (String) -> Void = { _ in }
  ) throws -> ReproductionResult {
    try RunError.createFolder(folder)
    let journal = try Journal<ReproductionRun>(folder.appendingPathComponent("\(fileName).jsonl"))
    let needed = try cells.flatMap { cell in
      try cell.methods.map { method in
        (cell: cell, method: method, definition: try definition(cell.task, cell, method))
      }
    }
    for (cell, method, definition) in needed {
      try prepare(cell.task, cell, method, definition, journal, note)
    }
    try journal.complete(
      seeds.flatMap { seed in
        needed.map { Work(cell: $0.cell, method: $0.method, seed: seed, definition: $0.definition) }
      },
      key: { "\($0.definition) \($0.seed)" },
      isDone: { work in
        journal.entries.contains { $0.definition == work.definition && $0.seed == work.seed }
      },
      waiting: { note("\(fileName): waits for what another process is training for it") }
    ) { work in
      let unfinished = UnfinishedRun(
        folder.appendingPathComponent("\(fileName)-\(work.definition.prefix(16))-\(work.seed).safetensors"),
        checkpointSeconds: checkpointSeconds)
      try journal.append(
        run(work.cell.task, work, unfinished, callbacks(label(work.cell, work.method) + " seed \(work.seed)"))
      )
      unfinished.remove()
    }
    return try result(cells, journal)
  }

  /// The cells of the whole table with what the folder has of them.
  /// - Throws: ``RunError``, `FileError`.
  public func stored(in folder: URL) throws -> ReproductionResult {
    try result(
      reproduction.cells, Journal<ReproductionRun>(folder.appendingPathComponent("\(fileName).jsonl")))
  }

  private func result(_ cells: [ReproductionCell], _ journal: Journal<ReproductionRun>) throws
    -> ReproductionResult
  {
    ReproductionResult(
      reproduction, isQuick: isQuick,
      cells: try cells.map { cell in
        var runs: [MethodName: [ReproductionRun]] = [:]
        for method in cell.methods {
          let definition = try definition(cell.task, cell, method)
          runs[method] = seeds.compactMap { seed in
            journal.entries.first { $0.definition == definition && $0.seed == seed }
          }
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

  private func definition<Task: TrainingTask>(
    _ task: Task.Type, _ cell: ReproductionCell, _ method: MethodName
  ) throws -> String { try experiment(task, cell).definition(method) }

  /// Checks that the data are there for what is to be trained, and tells of runs that do not count.
  private func prepare<Task: TrainingTask>(
    _ task: Task.Type, _ cell: ReproductionCell, _ method: MethodName, _ definition: String,
    _ journal: Journal<ReproductionRun>, _ note: (String) -> Void
  ) throws {
    let mine = journal.entries.filter {
      $0.task == Task.name && $0.preset == cell.preset && $0.settings == cell.settings && $0.method == method
    }
    let have = Set(mine.filter { $0.definition == definition }.map(\.seed))
    guard !have.isSuperset(of: seeds) else { return }
    let others = mine.count { $0.definition != definition }
    if others > 0 {
      note(
        "\(label(cell, method)): \(others) stored "
          + "\(others == 1 ? "run is" : "runs are") of another configuration or version, and left out")
    }
    for dataset in Task.datasets(try experiment(task, cell).configuration(method)) {
      _ = try datasets.locate(dataset)
    }
  }

  private func run<Task: TrainingTask>(
    _ task: Task.Type, _ work: Work, _ unfinished: UnfinishedRun, _ callbacks: [any TrainingCallback]
  ) throws -> ReproductionRun {
    let experiment = try experiment(task, work.cell)
    let outcome = try RunFailure.catching {
      let trainer = try unfinished.train(callbacks: callbacks) {
        try experiment.trainer(work.method, seed: work.seed)
      }
      return try trainer.result()
    }
    func run(_ metrics: [String: Double]?, _ alignment: [PointAlignment], _ failure: String?)
      -> ReproductionRun
    {
      ReproductionRun(
        definition: work.definition, task: Task.name, preset: work.cell.preset, settings: work.cell.settings,
        method: work.method, seed: work.seed, device: device.description, metrics: metrics,
        alignment: alignment.isEmpty ? nil : alignment, failure: failure)
    }
    return switch outcome {
    case .success(let reached): run(reached.metrics, reached.alignment, nil)
    case .failure(let failure): run(nil, [], failure.reason)
    }
  }

  /// A run that the table needs.
  private struct Work {
    let cell: ReproductionCell
    let method: MethodName
    let seed: UInt64
    let definition: String
  }
}

extension Experiment {
  /// The same for ``ReproductionTrainer/quickEpochs`` epochs at most.
  package var quickLook: Experiment {
    adjusted { $0.shorten(toEpochs: ReproductionTrainer.quickEpochs) }
  }
}
