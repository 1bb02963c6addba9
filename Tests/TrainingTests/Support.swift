import FeedbackAlignment
import Foundation
import TestSupport
import Torch
import Training

typealias ToyTrainer = Trainer<ToyTask>

/// A trainer of the toy task at the beginning of a run.
func toyTrainer(
  _ method: MethodName = .dfa, seed: UInt64 = 1, _ assignments: [String] = [],
  callbacks: [any TrainingCallback] = []
) throws -> ToyTrainer {
  try Experiment<ToyTask>(assignments: assignments).trainer(method, seed: seed, callbacks: callbacks)
}

/// Ends a run, as a kill would.
struct Killed: Error, Equatable {}

/// Calls functions; a callback for what a test wants to see or do.
final class Hook: TrainingCallback {
  private let step: (any TrainingSession) throws -> Void
  private let record: (any TrainingSession, TrainingRecord) throws -> Void

  init(
    step: @escaping (any TrainingSession) throws -> Void = { _ in },
    record: @escaping (any TrainingSession, TrainingRecord) throws -> Void = { _, _ in }
  ) {
    (self.step, self.record) = (step, record)
  }

  func stepEnded(_ session: any TrainingSession) throws { try step(session) }
  func recorded(_ session: any TrainingSession, _ record: TrainingRecord) throws {
    try self.record(session, record)
  }
}
