import FeedbackAlignment
import Foundation
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Laying files and assignments over a configuration") struct ConfigurationOverlayTests {
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

  @Test("Nothing laid over leaves a configuration as it is") func nothing() throws {
    #expect(try laid() == ToyConfiguration())
    #expect(try laid(yaml: "") == ToyConfiguration())
    #expect(try laid(yaml: "# nothing\n") == ToyConfiguration())
  }

  @Test("A file's keys are laid over, nested ones too, and the others stay") func file() throws {
    var expected = ToyConfiguration()
    expected.dropout = 0.25
    expected.hidden = [5]
    expected.training.epochs = 7
    expected.optimizer.schedule = LearningRateSchedule(.step, factor: 0.5, period: 10)
    let yaml = """
      dropout: 0.25
      hidden: [5]
      training: {epochs: 7}
      optimizer:
        schedule:
          kind: step
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
      "hidden=[64,64]", "optimizer.kind=adam", "optimizer.learningRate=5e-4", "activation=leakyReLU(-0.5)",
      "feedback.distribution=normal", "feedback.kind=sparse(0.25)", "feedback.storage=regenerated",
      "validation=[1, 0.5]", "training.selection=last",
      "optimizer.schedule.kind=plateau")
    #expect(result.hidden == [64, 64] && result.validation == [1, 0.5])
    #expect(result.optimizer.kind == .adam && result.optimizer.learningRate == 5e-4)
    #expect(result.activation == .leakyReLU(slope: -0.5))
    #expect(result.feedback.kind == .sparse(density: 0.25) && result.feedback.storage == .regenerated)
    #expect(result.feedback.distribution == .normal && result.training.selection == .last)
    #expect(result.optimizer.schedule.kind == .plateau)
    #expect(try laid("hidden=[]").hidden == [])
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
        "unknown key 'training.xyzzy'; there are training.epochs, training.batchSize, training.microBatches, "
          + "training.memory, training.update, training.precision, training.capture, training.streams, training.evaluateEvery, training.alignmentEvery, training.patience, training.selection"
      ),
      ("training.epochs=many", "training.epochs: must be a whole number, not 'many'"),
      ("training.epochs=1.5", "training.epochs: must be a whole number, not '1.5'"),
      ("training.epochs=", "training.epochs: must be a whole number, not ''"),
      (
        "training.epochs=99999999999999999999",
        "training.epochs: must be a whole number, not '99999999999999999999'"
      ),
      ("training.epochs=-3", "training.epochs: must be from 1 to 1000000000, not -3"),
      ("training.batchSize=0", "training.batchSize: must be at least 1, not 0"),
      ("hidden=[4,-1]", "hidden: must be widths of at least 1, not [4, -1]"),
      ("hidden=[4,x]", "hidden.1: must be a whole number, not 'x'"),
      ("dropout=abc", "dropout: must be a number, not 'abc'"),
      ("dropout=.nan", "dropout: must be at least 0 and less than 1, not nan"),
      ("dropout=[1]", "dropout: must be one value (--set dropout=[1])"),
      ("optimizer.learningRate=.inf", "optimizer.learningRate: must be positive, not inf"),
      ("optimizer.kind=rmsprop", "optimizer.kind: 'rmsprop' is not one of sgd, adam, adamw"),
      (
        "activation=swish",
        "activation: 'swish' is not one of abs, elu, identity, leakyReLU(SLOPE), relu, sigmoid, tanh"
      ),
      (
        "feedback.kind=sparse(2)",
        "feedback.kind: 'sparse(2)' is not one of dense, sparse(DENSITY) with a density in (0, 1], orthogonal, "
          + "hadamard, sign"
      ),
      ("feedback.storage=disk", "feedback.storage: 'disk' is not one of stored, regenerated"),
      (
        "feedback={kind: orthogonal, storage: regenerated}",
        "feedback.storage: an orthogonal matrix cannot be regenerated, because its elements depend on all others; "
          + "use stored, or feedback.kind=hadamard"
      ),
      (
        "training=5",
        "training: is a table; set one of its keys: epochs, batchSize, microBatches, memory, update, precision, capture, streams, evaluateEvery, alignmentEvery, patience, selection"
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
    #expect(throws: DeviceError.unknown("abacus")) { try laid("feedback.device=abacus") }
    #expect(throws: Never.self) { try laid("feedback.device=cpu") }
  }
}
