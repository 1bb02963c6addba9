import Basics
import Foundation

/// The runs of a folder, each kept when it ends and never trained again: what comparisons, searches and tables are views
/// of. Several processes may work on one folder, and share the runs.
///
/// An interrupted run is resumed from its last checkpoint. One that fails by its own settings is kept with the
/// reason.
package final class RunLedger {
  private let folder: URL?
  private let journal: Journal<RunEntry>?
  private var memory: [RunEntry] = []

  /// - Parameter folder: Where runs are kept, in `runs.jsonl`; nil keeps them in memory alone.
  /// - Throws: `FileError` when the folder cannot be made, or holds something else.
  package init(in folder: URL?) throws {
    self.folder = folder
    if let folder {
      try OutputFolder.create(folder)
      AtomicFile.removeAbandoned(in: folder)
    }
    journal = try folder.map { try Journal($0.appendingPathComponent("runs.jsonl")) }
  }

  /// All runs.
  package var entries: [RunEntry] { journal?.entries ?? memory }

  /// A run that has ended.
  /// - Parameters:
  ///   - key: What decides it.
  ///   - isTested: Whether one will do only if test data were evaluated, or it failed.
  package func entry(_ key: RunKey, isTested: Bool) -> RunEntry? {
    entries.last { $0.key == key && (!isTested || $0.result != nil || $0.failure != nil) }
  }

  /// What the weights of a run show; nil where its task shows no pictures.
  /// - Throws: ``RunError`` when a file of them is damaged.
  func pictures(of entry: RunEntry) throws -> TaskPictures? {
    try entry.pictures ?? picturesFolder(entry.key).flatMap { try TaskPictures(in: $0) }
  }

  private func picturesFolder(_ key: RunKey) -> URL? {
    folder?.appendingPathComponent("pictures").appendingPathComponent(key.fileName)
  }

  /// Trains the runs that are not there.
  /// - Parameters:
  ///   - runs: The runs, in order.
  ///   - isTested: Whether test data are evaluated and alignment measured at the end of each.
  ///   - checkpointSeconds: The least time between checkpoints of a run; 30 when nil.
  ///   - isNeeded: Whether a run is needed still, when its turn comes.
  ///   - callbacks: Makes the callbacks of a run.
  ///   - waiting: Told when nothing is left but what another process with the same folder is training.
  /// - Throws: `FileError`, and what training throws that is no failure of a run alone.
  package func complete(
    _ runs: [PlannedRun], isTested: Bool, checkpointSeconds: Double? = nil,
    isNeeded: (PlannedRun) -> Bool = { _ in true },
    callbacks: (PlannedRun) -> [any TrainingCallback] = { _ in [] },
    waiting: () -> Void = {}
  ) throws {
    func isDone(_ run: PlannedRun) -> Bool { entry(run.key, isTested: isTested) != nil || !isNeeded(run) }
    guard let journal, let folder else {
      for run in runs where !isDone(run) {
        memory.append(try run.entry(resuming: nil, callbacks: callbacks(run), isTested: isTested))
      }
      return
    }
    try journal.complete(runs, key: { $0.key.fileName }, isDone: isDone, waiting: waiting) { run in
      let unfinished = UnfinishedRun(
        folder.appendingPathComponent("unfinished-\(run.key.fileName).safetensors"),
        checkpointSeconds: checkpointSeconds)
      let entry = try run.entry(resuming: unfinished, callbacks: callbacks(run), isTested: isTested)
      if let place = picturesFolder(run.key) { try entry.pictures?.write(to: place) }
      try journal.append(entry)
      unfinished.remove()
    }
  }
}
