import FeedbackAlignment
import TestSupport
import Testing
import Training

@Suite("Steps by backpropagation in a run") struct StepsByBackpropagationTests {
  private static let anchored = MethodName("dfa+anchors")

  @Test("An anchor an epoch is counted in every record, and in the result") func records() throws {
    for (method, settings, expected) in [
      (Self.anchored, [], [1.0, 2, 3]), (.ridge, ["feedback.anchorEvery=2 epochs"], [1, 1, 2]),
      (MethodName("dfa+warmup"), ["feedback.warmup=4 steps"], [3, 4, 4]),
      (MethodName("fa+warmup+anchors"), ["feedback.warmup=2 epochs"], [3, 6, 7]),
    ] {
      var counted: [Double?] = []
      let trainer = try toyTrainer(
        method, settings + ["training.selection=last"],
        callbacks: [Hook(record: { counted.append($1.metrics["stepsByBP"]) })])
      try trainer.train()
      #expect(counted == expected, "\(method)")
      #expect(try trainer.result().metrics["stepsByBP"] == expected.last, "\(method)")
    }
  }

  @Test("A comparison shows them, and not where no method has any") func comparison() throws {
    func rows(_ methods: [MethodName]) throws -> (columns: [String], rows: [[String]]) {
      let comparison = try Comparison(
        Experiment<ToyTask>(assignments: ["training.selection=last"]), methods: methods, seeds: [1, 2])
      let table = comparison.table(.accuracy)
      return (table.columns.map(\.title), table.rows)
    }
    let (columns, found) = try rows([.dfa, Self.anchored])
    let index = try #require(columns.firstIndex(of: "steps by BP"))
    #expect(found.map { $0[index] } == ["–", "3"])
    #expect(found.map { $0[0] } == ["DFA", "DFA + anchors"])
    #expect(try !rows([.bp, .dfa]).columns.contains("steps by BP"))
  }

  @Test("Anchors of a run without epochs are to be counted in steps, by methods that have some")
  func withoutEpochs() throws {
    func make(_ method: MethodName, _ settings: String...) throws {
      _ = try Experiment<StepTask>(assignments: settings).trainer(method, seed: 1)
    }
    for method in [Self.anchored, .ridge] {
      let error = #expect(throws: ConfigurationError.self) { try make(method) }
      #expect(
        error
          == .value(
            key: "feedback.anchorEvery",
            reason: "counts epochs (1 epoch), which this task does not have; write steps"))
      #expect(throws: Never.self) { try make(method, "feedback.anchorEvery=50 steps") }
    }
    #expect(throws: Never.self) { try make(.dfa) }
  }
}
