import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Training

@Suite("Presets and the checks of configurations") struct ConfigurationTests {
  @Test("A preset gives each method its own tuning") func tuning() throws {
    let experiment = try Experiment<ToyTask>(preset: "tuned", assignments: ["hidden=[4]"])
    #expect(try experiment.configuration(.bp).dropout == 0.5)
    #expect(try experiment.configuration(.dfa).dropout == 0.1)
    #expect(try experiment.configuration(.shallow).dropout == 0.1)
    #expect(try experiment.configuration(.bp).hidden == [4])
  }

  @Test("An assignment goes over the tuning of every method") func assignment() throws {
    let experiment = try Experiment<ToyTask>(preset: "tuned", assignments: ["dropout=0.2"])
    #expect(try MethodName.allCases.allSatisfy { try experiment.configuration($0).dropout == 0.2 })
  }

  @Test("The first preset is the default, and an unknown one names the nearest") func names() throws {
    #expect(try Experiment<ToyTask>().preset == "debug")
    #expect(
      throws: ConfigurationError.unknown(
        kind: "preset", name: "tunde", nearest: "tuned", known: ["debug", "tuned"])
    ) { try Experiment<ToyTask>(preset: "tunde") }
  }

  @Test("An experiment checks its configuration before anything is trained") func early() {
    #expect(throws: ConfigurationError.self) { try Experiment<ToyTask>(assignments: ["dropout=1"]) }
  }

  @Test(
    "Every number out of its range is refused by its key",
    arguments: [
      ("training.epochs", ["0", "-1", "1000000001"], ["1", "1000000000"]),
      ("training.batchSize", ["0", "-128"], ["1", "9223372036854775807"]),
      ("training.evaluateEvery", ["0", "-1"], ["1", "9223372036854775807"]),
      ("training.alignmentEvery", ["-1"], ["0", "9223372036854775807"]),
      ("training.patience", ["-1"], ["0", "9223372036854775807"]),
      ("optimizer.learningRate", ["0", "-0.1", ".nan", ".inf", "-.inf"], ["1e-300", "1e300"]),
      ("optimizer.weightDecay", ["-1e-9", ".nan", ".inf"], ["0", "1"]),
      ("optimizer.momentum", ["-0.1", "1", ".nan"], ["0", "0.999"]),
      ("optimizer.beta1", ["-0.1", "1", ".nan"], ["0", "0.999"]),
      ("optimizer.beta2", ["-0.1", "1", ".nan"], ["0", "0.999"]),
      ("optimizer.epsilon", ["0", "-1", ".nan", ".inf"], ["1e-8"]),
      ("optimizer.schedule.factor", ["0", "-1", ".nan", ".inf"], ["0.1", "2"]),
      ("optimizer.schedule.period", ["0", "-1"], ["1"]),
    ]
  ) func ranges(_ key: String, _ bad: [String], _ good: [String]) throws {
    for value in bad {
      let error = #expect(throws: ConfigurationError.self) {
        try Experiment<ToyTask>(assignments: ["\(key)=\(value)"])
      }
      guard case .value(key, _)? = error else {
        Issue.record("\(key)=\(value): \(error.map { "\($0)" } ?? "no error")")
        continue
      }
    }
    for value in good { _ = try Experiment<ToyTask>(assignments: ["\(key)=\(value)"]) }
  }

  @Test("A period of 0, the whole run, is for the exponential schedule alone") func wholeRun() throws {
    func schedule(_ kind: String, _ period: Int) throws {
      _ = try Experiment<ToyTask>(assignments: ["optimizer.schedule={kind: \(kind), period: \(period)}"])
    }
    try schedule("exponential", 0)
    for (kind, period) in [("exponential", -1), ("step", 0), ("plateau", 0)] {
      #expect(throws: ConfigurationError.self) { try schedule(kind, period) }
    }
  }
}
