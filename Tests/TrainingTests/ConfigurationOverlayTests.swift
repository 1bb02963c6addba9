import FeedbackAlignment
import Foundation
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Overriding a configuration by files and assignments") struct ConfigurationOverlayTests {
  private func laid(_ assignments: String..., yaml: String? = nil) throws -> ToyConfiguration {
    let folder = try TemporaryFolder()
    let file = try yaml.map { try folder.file("c.yaml", holding: $0) }
    return try ConfigurationOverlay(file: file, assignments: assignments).applied(to: ToyConfiguration())
  }

  private func error(_ body: () throws -> ToyConfiguration) -> String {
    do {
      return "no error, but \(try body())"
    } catch {
      return error is ConfigurationError ? "\(error)" : "not a ConfigurationError: \(error)"
    }
  }

  @Test("An empty overlay leaves a configuration as it is") func nothing() throws {
    #expect(try laid() == ToyConfiguration())
    #expect(try laid(yaml: "") == ToyConfiguration())
    #expect(try laid(yaml: "# nothing\n") == ToyConfiguration())
  }

  @Test("A file's keys override, nested ones too, and the others stay") func file() throws {
    var expected = ToyConfiguration()
    expected.dropout = 0.25
    expected.hidden = [5]
    expected.training.epochs = 7
    expected.optimizer.schedule = ScheduleChoice(StepDecay(factor: 0.5, every: .epochs(10)))
    let yaml = """
      dropout: 0.25
      hidden: [5]
      training: {epochs: 7}
      optimizer:
        schedule:
          step:
            factor: 0.5
      """
    #expect(try laid(yaml: yaml) == expected)
  }

  @Test("Assignments go over the file, later ones over earlier ones") func precedence() throws {
    let result = try laid(
      "training.epochs=2", "dropout=0.5", "training.epochs=3", yaml: "training: {epochs: 9}\nhidden: [4]")
    #expect(result.training.epochs == 3 && result.dropout == 0.5 && result.hidden == [4])
  }

  @Test("Values of every type are read") func types() throws {
    let result = try laid(
      "hidden=[64,64]", "optimizer.rule=adam", "optimizer.learningRate=5e-4", "activation=leakyReLU(-0.5)",
      "feedback.distribution=normal", "feedback.kind=sparse(0.25)", "feedback.storage=regenerated",
      "validation=[1, 0.5]", "training.selection=last",
      "optimizer.schedule=plateau", "optimizer.schedule.plateau.metric=loss", "training.patience=3 epochs")
    #expect(result.hidden == [64, 64] && result.validation == [1, 0.5])
    #expect(result.optimizer.rule == OptimizerChoice(Adam()) && result.optimizer.learningRate == 5e-4)
    #expect(result.activation == .leakyReLU(slope: -0.5))
    #expect(result.feedback.kind == .sparse(density: 0.25) && result.feedback.storage == .regenerated)
    #expect(result.feedback.distribution == .normal && result.training.selection == .last)
    #expect(
      result.optimizer.schedule
        == ScheduleChoice(PlateauDecay(factor: 0.1, patience: .epochs(10), metric: "loss")))
    #expect(result.training.patience == .epochs(3))
    #expect(try laid("hidden=[]").hidden == [])
  }

  @Test("Numbers are decimal, whatever YAML 1.1 makes of them") func decimal() throws {
    let result = try laid(
      "hidden=[010, 08]", "dropout=00.25", "training.epochs=007", yaml: "training: {batchSize: 012}")
    #expect(result.hidden == [10, 8] && result.dropout == 0.25)
    #expect(result.training.epochs == 7 && result.training.batchSize == 12)
    #expect(try laid("optimizer.learningRate=+01e-3").optimizer.learningRate == 1e-3)
    for (text, type) in [("1:30", "a whole number"), ("1_000", "a whole number"), ("0x10", "a whole number")]
    {
      #expect(
        error { try laid("training.epochs=\(text)") }
          == "training.epochs: must be \(type) in decimal digits, not '\(text)'")
    }
    #expect(error { try laid("dropout=0:30") } == "dropout: must be a number in decimal digits, not '0:30'")
  }

  @Test(
    "A value means itself, whatever characters it has", arguments: ["a,b", "a #b", "*a", "a: b", "%x", "x}"])
  func literal(_ text: String) {
    #expect(error { try laid("activation=\(text)") }.hasPrefix("activation: '\(text)' is not one of abs"))
  }

  @Test("A run's record is a configuration") func record() throws {
    let result = try laid(
      yaml: "run: {task: toy, seed: 3}\nconfiguration: {hidden: [4], training: {epochs: 9}}")
    #expect(result.hidden == [4] && result.training.epochs == 9)
  }

  @Test(
    "What is wrong with an assignment is said with its key, and what would be right",
    arguments: [
      ("optimiser.learningRate=1", "unknown key 'optimiser'; did you mean 'optimizer'?"),
      (
        "optimizer.learningrate=1",
        "unknown key 'optimizer.learningrate'; did you mean 'optimizer.learningRate'?"
      ),
      (
        "training.xyzzy=1",
        "unknown key 'training.xyzzy'; there are "
          + TrainingConfiguration.descriptions.map { "training." + $0.name }.joined(separator: ", ")
      ),
      ("training.epochs=many", "training.epochs: must be a whole number, not 'many'"),
      ("training.epochs=1.5", "training.epochs: must be a whole number, not '1.5'"),
      ("training.epochs=", "training.epochs: must be a number, or steps must be"),
      (
        "training.epochs=99999999999999999999",
        "training.epochs: must be a whole number, not '99999999999999999999'"
      ),
      ("training.epochs=-3", "training.epochs: must be from 1 to 1000000000, not -3"),
      ("training.batchSize=0", "training.batchSize: must be at least 1, not 0"),
      ("hidden=[4,-1]", "hidden: must be values at least 1, not [4, -1]"),
      ("hidden=[4,x]", "hidden.1: must be a whole number, not 'x'"),
      ("dropout=abc", "dropout: must be a number, not 'abc'"),
      ("dropout=.nan", "dropout: must be at least 0 and less than 1, not nan"),
      ("dropout=[1]", "dropout: must be one value (--set dropout=[1])"),
      ("optimizer.learningRate=.inf", "optimizer.learningRate: must be positive, not inf"),
      ("optimizer.rule=rmsprop", "optimizer.rule: 'rmsprop' is not one of sgd, adam, adamw, radam, lazyAdam"),
      (
        "activation=swish",
        "activation: 'swish' is not one of abs, elu, gelu, identity, leakyReLU(SLOPE), relu, sigmoid, tanh"
      ),
      (
        "feedback.kind=sparse(2)",
        "feedback.kind: 'sparse(2)' is not one of dense, sparse(DENSITY) with a density in (0, 1], orthogonal, "
          + "hadamard, sign, identity"
      ),
      ("feedback.storage=disk", "feedback.storage: 'disk' is not one of stored, regenerated"),
      (
        "feedback={kind: orthogonal, storage: regenerated}",
        "feedback.storage: an orthogonal matrix cannot be regenerated, because its elements depend on all others; "
          + "use stored, or feedback.kind=hadamard"
      ),
      (
        "training=5",
        "training: is a table; set one of its keys: "
          + TrainingConfiguration.descriptions.map(\.name).joined(separator: ", ")
      ),
      ("training.epochs.x=5", "training.epochs: must be one value (--set training.epochs.x=5)"),
      ("epochs", "--set epochs: write KEY=VALUE"),
      ("=5", "--set =5: write KEY=VALUE"),
    ]
  ) func wrong(_ assignment: String, _ message: String) {
    #expect(error { try laid(assignment) } == message)
  }

  @Test("A list in place of a value, or a value in place of a list, names the key") func shapes() {
    #expect(error { try laid("hidden=4") } == "hidden: must be a list, not '4'")
    #expect(error { try laid("hidden={a: 1}") } == "hidden: must be a list (--set hidden={a: 1})")
    #expect(error { try laid("hidden=[[4]]") } == "hidden.0: must be one value, not a list")
  }

  @Test(
    "What is not YAML is an error that says where it is from",
    arguments: ["{", "a: [", "\t\t- x: :", "a: 1\na: 2"])
  func malformed(_ yaml: String) {
    #expect(error { try laid(yaml: yaml) }.contains("c.yaml: "))
  }

  @Test("A file of one value, or of a list, is an error") func notATable() {
    #expect(error { try laid(yaml: "5") }.contains("must be a table of keys: hidden"))
    #expect(error { try laid(yaml: "- 5") }.contains("must be a table of keys: hidden"))
  }

  @Test("A file of deep nesting is an error", arguments: ["[", "{a: "]) func deep(_ opening: String) {
    let yaml = "hidden: " + String(repeating: opening, count: 100_000)
    #expect(error { try laid(yaml: yaml) }.contains("c.yaml: is not YAML"))
  }

  @Test("A file whose aliases stand for a hundred million values is an error") func aliases() {
    let lists = (1...8).map { level in
      "&a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]"
    }
    let yaml = "hidden: [&a0 [1,1,1,1,1,1,1,1,1,1], \(lists.joined(separator: ", "))]"
    #expect(error { try laid(yaml: yaml) }.contains("c.yaml: has more than 10000 values"))
  }

  @Test("A missing or binary file is an error that names it") func unreadable() throws {
    let folder = try TemporaryFolder()
    let binary = folder.file("binary")
    try Data([0xff, 0xfe, 0x00, 0xd8]).write(to: binary)
    for file in [folder.file("absent.yaml"), binary, folder.url] {
      #expect(
        throws: ConfigurationError.malformed(
          source: file.path, reason: "cannot be read; give --config a YAML file")
      ) {
        _ = try ConfigurationOverlay(file: file)
      }
    }
  }

  @Test("A feedback device that this machine lacks is an error") func feedbackDevice() {
    #expect(
      error { try laid("feedback.device=abacus") }.hasPrefix("feedback.device: device 'abacus' is unknown"))
    #expect(throws: Never.self) { try laid("feedback.device=cpu") }
  }

  @Test("Of two keys that exclude each other the one that is written stays") func alternatives() throws {
    let steps = try laid("training.steps=50")
    #expect(steps.training.steps == 50 && steps.training.epochs == nil)
    #expect(try laid("training.steps=50", "training.epochs=2").training.steps == nil)
    let both = error { try laid(yaml: "training: {steps: 5, epochs: 2}") }
    #expect(both == "training.epochs: must be null where steps is not: one of them says how long")
    #expect(
      error { try laid("training.epochs=null") } == "training.epochs: must be a number, or steps must be")
  }

  @Test("A kind is chosen by its name, with its defaults, or by a table; its keys come after") func choices()
    throws
  {
    let adam = try laid("optimizer.rule=adam", "optimizer.rule.adam.beta2=0.95").optimizer.rule
    #expect(adam == OptimizerChoice(Adam(beta2: 0.95)))
    let table = try laid(yaml: "optimizer: {rule: {radam: {beta1: 0.5}}}").optimizer.rule
    #expect(table == OptimizerChoice(RAdam(beta1: 0.5)))
    #expect(
      try laid("optimizer.rule.sgd.momentum=0.5").optimizer.rule
        == OptimizerChoice(StochasticGradientDescent(momentum: 0.5)))
  }

  @Test(
    "A key of a kind that is not in use is refused, with what would put it to use",
    arguments: [
      (
        "optimizer.rule.adam.beta2=0.9",
        "optimizer.rule.adam: is not in use, optimizer.rule being sgd; add --set optimizer.rule=adam before"
      ),
      (
        "optimizer.rule.beta2=0.9",
        "unknown key 'optimizer.rule.beta2'; did you mean optimizer.rule.adam.beta2 or optimizer.rule.adamw.beta2 or optimizer.rule.radam.beta2 or optimizer.rule.lazyAdam.beta2?"
      ),
      (
        "optimizer.rule.momentum=0.9",
        "unknown key 'optimizer.rule.momentum'; did you mean optimizer.rule.sgd.momentum?"
      ),
      (
        "optimizer.rule={sgd: {}, adam: {}}",
        "optimizer.rule: must be one of sgd, adam, adamw, radam, lazyAdam (--set optimizer.rule={sgd: {}, adam: {}})"
      ),
      (
        "optimizer.rule.sgd.beta2=0.9",
        "unknown key 'optimizer.rule.sgd.beta2'; did you mean optimizer.rule.adam.beta2 or optimizer.rule.adamw.beta2 or optimizer.rule.radam.beta2 or optimizer.rule.lazyAdam.beta2?"
      ),
    ]
  ) func otherKinds(_ assignment: String, _ message: String) {
    #expect(error { try laid(assignment) } == message)
  }

  @Test("Settings of a group of parameters are made when they are first named") func groups() throws {
    let groups = try laid("optimizer.groups.first.weightDecay=0.1", "optimizer.groups.last.rule=adamw")
      .optimizer.groups
    #expect(groups["first"] == OptimizerConfiguration.Group(weightDecay: 0.1))
    #expect(groups["last"]?.rule == OptimizerChoice(AdamW()) && groups.count == 2)
    let unknown = error { try laid("optimizer.groups.first.decay=0.1") }
    #expect(unknown.hasPrefix("unknown key 'optimizer.groups.first.decay'"))
  }
}
