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
      ("training.steps", ["0", "-1", "1.5"], ["1", "null", "1000000000000"]),
      (
        "training.evaluateEvery", ["0 epochs", "-1 steps", "5", "3 weeks", "null"], ["1 epoch", "500 steps"]
      ),
      ("training.alignmentEvery", ["0 epochs", "1 Epoch"], ["2 epochs", "1 step", "null"]),
      ("training.patience", ["0 epochs", "1000000001 steps"], ["5 epochs", "null"]),
      ("optimizer.learningRate", ["0", "-0.1", ".nan", ".inf", "-.inf"], ["1e-300", "1e300"]),
      ("optimizer.weightDecay", ["-1e-9", ".nan", ".inf"], ["0", "1"]),
      ("optimizer.clipNorm", ["0", "-1", ".nan", ".inf"], ["1", "null"]),
      ("optimizer.rule.sgd.momentum", ["-0.1", "1", ".nan"], ["0", "0.999"]),
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

  @Test(
    "… and those of a kind of optimizer or schedule too",
    arguments: [
      ("optimizer.rule", "adam", "beta1", ["-0.1", "1", ".nan"], ["0", "0.999"]),
      ("optimizer.rule", "adamw", "beta2", ["-0.1", "1", ".nan"], ["0", "0.999"]),
      ("optimizer.rule", "radam", "epsilon", ["0", "-1", ".nan", ".inf"], ["1e-8"]),
      ("optimizer.schedule", "exponential", "factor", ["0", "-1", ".nan", ".inf"], ["0.1", "2"]),
      ("optimizer.schedule", "exponential", "over", ["0 epochs"], ["null", "3 steps"]),
      ("optimizer.schedule", "step", "every", ["0 epochs", "null"], ["1 epoch"]),
      ("optimizer.schedule", "cosine", "floor", ["-0.1", "1.1", ".nan"], ["0", "1"]),
      ("optimizer.schedule", "noam", "width", ["0"], ["512"]),
      ("optimizer.schedule", "oneCycle", "rise", ["0", "1", ".nan"], ["0.5"]),
    ]
  ) func kinds(_ choice: String, _ kind: String, _ key: String, _ bad: [String], _ good: [String]) throws {
    for value in bad {
      let error = #expect(throws: ConfigurationError.self) {
        try Experiment<ToyTask>(assignments: ["\(choice)=\(kind)", "\(choice).\(kind).\(key)=\(value)"])
      }
      #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("\(choice).\(kind).\(key): "))
    }
    for value in good {
      _ = try Experiment<ToyTask>(assignments: ["\(choice)=\(kind)", "\(choice).\(kind).\(key)=\(value)"])
    }
  }

  @Test("Settings that exclude each other are refused") func combinations() {
    for assignments in [
      ["optimizer.rule={sgd: {momentum: 0, nesterov: true}}"],
      ["optimizer.clipNorm=1", "training.update=fused"],
    ] {
      #expect(throws: ConfigurationError.self) { try Experiment<ToyTask>(assignments: assignments) }
    }
  }

  @Test(
    "Settings of a group that no parameter is in, or a watched metric that the task lacks, are refused with those there are"
  )
  func unknownNames() throws {
    #expect(
      throws: ConfigurationError.unknown(kind: "group of parameters", name: "first", nearest: nil, known: [])
    ) {
      try toyTrainer(.bp, ["optimizer.groups.first.weightDecay=1"])
    }
    #expect(
      throws: ConfigurationError.unknown(
        kind: "metric", name: "los", nearest: "loss", known: ["accuracy", "loss"])
    ) {
      try toyTrainer(.bp, ["optimizer.schedule={plateau: {metric: los}}"])
    }
  }
}
