import Basics
import FeedbackAlignment
import Foundation

/// A run that is in a ledger, or is to be trained for it.
package struct PlannedRun {
  /// What decides it.
  package let key: RunKey
  /// The name of the preset.
  package let preset: String
  /// `key=value` over the preset.
  package let settings: [String]
  /// Trains, from where an interrupted run stopped.
  fileprivate let train: (UnfinishedRun?, [any TrainingCallback], _ isTested: Bool) throws -> RunEntry

  /// Trains.
  /// - Parameters:
  ///   - unfinished: Keeps checkpoints while the run lasts, and has those of an interrupted one.
  ///   - callbacks: What else watches.
  ///   - isTested: Whether test data are evaluated and alignment measured at the end.
  /// - Throws: What is no failure of the run alone.
  func entry(
    resuming unfinished: UnfinishedRun?, callbacks: [any TrainingCallback], isTested: Bool
  ) throws -> RunEntry { try train(unfinished, callbacks, isTested) }
}

extension Experiment {
  /// A run of this experiment.
  /// - Throws: ``ConfigurationError``, and what reading the data's digest throws.
  package func planned(_ method: MethodName, seed: UInt64, settings: [String] = []) throws -> PlannedRun {
    let key = try RunKey(record(method, seed: seed))
    return PlannedRun(key: key, preset: preset, settings: settings) { unfinished, callbacks, isTested in
      var trainer: Trainer<Task>?
      let history = HistoryRecorder()
      let outcome = try RunFailure.catching {
        let trained = try (unfinished ?? UnfinishedRun()).train(history: history, callbacks: callbacks) {
          let made = try self.trainer(method, seed: seed)
          trainer = made
          device.resetPeakBytes()
          return made
        }
        return isTested ? (result: try trained.result(), pictures: try trained.pictures()) : nil
      }
      let (reached, failure): ((result: TrainingResult, pictures: TaskPictures?)?, String?) =
        switch outcome {
        case .success(let reached): (reached, nil)
        case .failure(let failure): (nil, failure.reason)
        }
      let seconds = trainer?.stepSeconds ?? []
      return RunEntry(
        key: key, preset: preset, settings: settings, parameters: trainer?.task.store.parameterCount,
        selected: failure == nil ? trainer?.selected : nil, result: reached?.result, failure: failure,
        secondsPerStep: seconds.isEmpty ? nil : Timing(seconds), peakBytes: device.peakBytes,
        history: history.records, pictures: reached?.pictures)
    }
  }
}
