import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("What differs from the run in a folder") struct FirstDifferenceTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func training(
    _ method: MethodName = .dfa, seed: UInt64 = 1, _ assignments: [String] = [], resumes: Bool = true
  ) throws -> FolderTraining<ToyTask> {
    try FolderTraining(
      Experiment(assignments: ["training.epochs=1"] + assignments), method: method, seed: seed,
      in: RunFolder(scratch.file("run")), resumes: resumes)
  }

  static let others: [(method: MethodName, seed: UInt64, assignments: [String], message: String)] = [
    (.dfa, 2, [], "run.seed is 1 there, and 2 now"),
    // Of several the first in the file.
    (.bp, 2, ["dropout=0.1"], "run.method is dfa there, and bp now"),
    (.dfa, 1, ["dropout=0.1"], "configuration.dropout is "),
    (.dfa, 1, ["optimizer.rule=adam"], "configuration.optimizer.rule"),
    (.dfa, 1, ["training.patience=2 epochs"], "configuration.training.patience is "),
  ]

  @Test("The first key that differs is named, with both values", arguments: others)
  func named(_ method: MethodName, _ seed: UInt64, _ assignments: [String], _ message: String) throws {
    _ = try training(resumes: false).train()
    let error = #expect(throws: ConfigurationError.self) { _ = try training(method, seed: seed, assignments) }
    #expect(
      error?.description.contains("holds another run: " + message) == true, "\(error?.description ?? "")")
    #expect(error?.exitCode == 64 && error?.description.contains("choose another --output") == true)
  }

  @Test("The same options, written otherwise, are the same run") func same() throws {
    _ = try training(resumes: false).train()
    #expect(try training(.dfa, seed: 1, ["training={epochs: 1}"]).isFinished)
  }
}
