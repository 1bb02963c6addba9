import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

extension ExitTest.Result {
  /// What the process said before it ended.
  var message: String { String(decoding: standardErrorContent, as: UTF8.self) }
}

/// Mistakes in networks and in calls end the process with what is wrong and what to do, in release builds too.
@Suite("What misuse says") struct MisuseTests {
  /// A network of one hidden layer whose marks `body` makes of the layers and the data's inputs.
  private static func network(
    _ body:
      @escaping @Sendable (FeedbackPoint, FeedbackOutput, (Tensor) -> Tensor, (Tensor) -> Tensor, Pass) ->
      Tensor
  ) -> ToyNetwork {
    ToyNetwork("a mistake") { scope in
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
      let (hidden, head) = (Linear(scope / "fc1", 6, 8), Linear(scope / "head", 8, 3))
      let output = FeedbackOutput(scope / "logits")
      let point = FeedbackPoint(scope / "fc1", of: output)
      return { pass in
        body(
          point, output, { hidden(data.inputs + $0, pass).tanh() }, { head($0, pass) }, pass
        ).crossEntropy(data.classes)
      }
    }
  }

  private static let zero = Tensor.zeros([1])
  static let unread = network { point, _, hidden, head, pass in head(point(hidden(zero), pass)) }
  static let pointAfterOutput = network { point, output, hidden, head, pass in
    let y = output(head(hidden(zero)), pass)
    return y + head(point(hidden(zero), pass)) * 0
  }
  static let readTwice = network { point, output, hidden, head, pass in
    let h = point(hidden(zero), pass)
    return output(head(h), pass) + output(head(h), pass)
  }
  static let ambiguous = network { point, output, hidden, head, pass in
    func call() -> Tensor {
      let h = point(hidden(zero), pass)
      return output(head(point(h + hidden(zero), pass)), pass)
    }
    return call() + call()
  }
  static let besideOutput = network { point, output, hidden, head, pass in
    let y = head(point(hidden(zero), pass))
    _ = output(y, pass)
    return y
  }
  /// Legal: one layer crossed three times before its error is read.
  static let recurrent = network { point, output, hidden, head, pass in
    let h = point(hidden(point(hidden(point(hidden(zero), pass).sum() * 0), pass).sum() * 0), pass)
    return output(head(h), pass)
  }

  /// Marks from which the error of a point cannot be told.
  enum Mistake: String, Codable, CaseIterable {
    case unread, pointAfterOutput, readTwice, ambiguous

    var network: ToyNetwork {
      switch self {
      case .unread: MisuseTests.unread
      case .pointAfterOutput: MisuseTests.pointAfterOutput
      case .readTwice: MisuseTests.readTwice
      case .ambiguous: MisuseTests.ambiguous
      }
    }

    var words: String {
      switch self {
      case .unread: "'fc1' was crossed, but the error at its output 'logits' was not read after it"
      case .pointAfterOutput: "'fc1' comes after its output 'logits'"
      case .readTwice: "'logits' is read twice in one call"
      case .ambiguous:
        "'fc1' was crossed 4 times in one pass, but the error at its output 'logits' read 2 times"
      }
    }
  }

  /// What looks at a network's marks.
  enum Use: String, Codable, CaseIterable {
    case backpropagation, direct, replay, layerwise, shallow, alignment

    func run(_ network: ToyNetwork) {
      let model = ToyModel(network)
      switch self {
      case .backpropagation: _ = model.step(Backpropagation())
      case .direct: _ = model.step(DirectFeedbackAlignment(seed: 2))
      case .replay: _ = model.step(DirectFeedbackAlignment(seed: 2), memory: .replay)
      case .layerwise: _ = model.step(LayerwiseFeedbackAlignment(seed: 2))
      case .shallow: _ = model.step(ShallowTraining())
      case .alignment:
        _ = AlignmentProbe.measure(
          DirectFeedbackAlignment(seed: 2), generator: RandomGenerator(seed: 1), loss: model.loss)
      }
    }
  }

  @Test(
    "Marks that leave it open which error a point receives: every method says the same",
    arguments: Use.allCases.map { (Mistake.unread, $0) }
      + Mistake.allCases.dropFirst().flatMap { [($0, Use.backpropagation), ($0, .direct)] })
  func marks(_ mistake: Mistake, _ use: Use) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [mistake, use] in use.run(mistake.network)
    }
    #expect(result.message.contains(mistake.words), "\(result.message)")
  }

  @Test("A loss that does not use what the output hands on", arguments: [Use.direct, .replay])
  func besideOutput(_ use: Use) async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [use] in use.run(Self.besideOutput)
    }
    #expect(
      result.message.contains(
        "error at output 'logits': the loss does not depend on what the output handed on"),
      "\(result.message)")
  }

  @Test(
    "One layer crossed several times before its error is read is no mistake",
    arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise)
  func recurrence(_ method: NamedMethod) {
    #expect(ToyModel(Self.recurrent).step(method.make()).loss.isAllFinite)
  }

  @Test("A plain cut may come after the output, and points may share a layer's scope with an output")
  func legalMarks() {
    let network = ToyNetwork("a cut above the output") { scope in
      let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
      let (hidden, head) = (Linear(scope / "fc1", 6, 8), Linear(scope / "head", 8, 3))
      let output = FeedbackOutput(scope / "fc1")
      let (point, cut) = (
        FeedbackPoint(scope / "fc1", of: output),
        FeedbackPoint(scope / "cut", of: output, receivesFeedback: false)
      )
      return { pass in
        let h = output(point(hidden(data.inputs, pass).tanh(), pass), pass)
        return (head(h, pass) + cut(h, pass).sum() * 0).crossEntropy(data.classes)
      }
    }
    for method in [Backpropagation() as any TrainingMethod, DirectFeedbackAlignment(seed: 2)] {
      #expect(ToyModel(network).step(method).loss.isAllFinite)
    }
  }

  /// A network whose loss has a number for each row.
  static let rowLosses = ToyNetwork("a loss for each row") { scope in
    let network = ToyMLP(scope, [6, 8, 3])
    let data = ToyData(rows: 24, width: 6, classes: 3, seed: 11)
    return { pass in network(data.inputs, pass).square().sum(1) }
  }

  @Test(
    "A loss that is not one number", arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise
  )
  func vectorLoss(_ method: NamedMethod) throws {
    for memory in ActivationMemory.allCases {
      let error = try #require(throws: TorchError.self) {
        try withTorchErrors { _ = ToyModel(Self.rowLosses).step(method.make(), memory: memory) }
      }
      #expect(error.description.contains("[24] float32: it must be one number; reduce it"), "\(error)")
    }
  }

  @Test("… ends the process") func vectorLossMessage() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Use.backpropagation.run(Self.rowLosses)
    }
    #expect(result.message.contains("it must be one number; reduce it"), "\(result.message)")
  }

  /// A network of which an operation fails in every pass.
  static let failing = network { point, output, hidden, head, pass in
    let h = point(hidden(zero), pass)
    return output(head(h.matmul(Tensor.zeros([3, 3]))), pass)
  }

  @Test(
    "A failed operation in a pass is thrown where errors are, whatever the method makes of the rest",
    arguments: NamedMethod.all + NamedMethod.directed + NamedMethod.layerwise)
  func failedOperation(_ method: NamedMethod) throws {
    for memory in ActivationMemory.allCases {
      let error = try #require(throws: TorchError.self) {
        try withTorchErrors { _ = ToyModel(Self.failing).step(method.make(), memory: memory) }
      }
      #expect(error.operation.hasPrefix("matmul"), "\(error)")
    }
  }

  @Test("Rows at a point that are no multiple of the error's") func oddRows() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scope = ParameterStore(seed: 1).root
      let output = FeedbackOutput(scope / "y")
      let crossing = Crossing(point: FeedbackPoint(scope / "h", of: output), shape: [5, 8], occurrence: 0)
      _ =
        DirectFeedbackAlignment(seed: 1).signals(
          at: [crossing], [OutputGradient(output: output, gradient: .ones([2, 3]))])[0]
    }
    #expect(
      result.message.contains("'h': the point has 5 rows, which is no multiple of the 2 rows of the error"),
      "\(result.message)")
  }

  @Test("A signal whose error is not given") func missingError() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let scope = ParameterStore(seed: 1).root
      let output = FeedbackOutput(scope / "y")
      let crossing = Crossing(point: FeedbackPoint(scope / "h", of: output), shape: [2, 8], occurrence: 0)
      _ = DirectFeedbackAlignment(seed: 1).signals(at: [crossing], [])
    }
    #expect(
      result.message.contains("'h' has no error: its output 'y' is not among those read"), "\(result.message)"
    )
  }

  @Test("A replay that takes another way the second time") func otherWay() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let (model, other) = (ToyModel(.threeHidden), ToyModel(.blocks))
      var passes = 0
      _ = DirectFeedbackAlignment(seed: 2).step(
        model.store.parameters, generator: RandomGenerator(seed: 1), memory: .replay
      ) { pass in
        passes += 1
        return passes == 1 ? model.loss(pass) : other.loss(pass)
      }
    }
    #expect(
      result.message.contains("the second pass of a replay crossed 'fc4' where the first did not"),
      "\(result.message)")
  }

  @Test("An orthogonal matrix that is to be regenerated") func orthogonal() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let configuration = FeedbackConfiguration(kind: .orthogonal, storage: .regenerated)
      _ = ToyModel(.oneHidden).step(DirectFeedbackAlignment(configuration, seed: 2))
    }
    #expect(result.message.contains("set feedback.storage to stored"), "\(result.message)")
  }

  @Test("A device that is not there") func device() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let configuration = FeedbackConfiguration(device: "tpu")
      _ = ToyModel(.oneHidden).step(DirectFeedbackAlignment(configuration, seed: 2))
    }
    #expect(
      result.message.contains("feedback.device 'tpu' is not a device of this machine"), "\(result.message)")
  }

  @Test("Alignments of several points that are to be pooled") func pooling() async throws {
    let result = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let measurements = ["fc1", "fc2"].map {
        PointAlignment(point: $0, mean: 1, std: nil, rows: 1, skipped: 0)
      }
      _ = PointAlignment(pooling: measurements)
    }
    #expect(result.message.contains(#"["fc1", "fc2"] cannot be pooled"#), "\(result.message)")
  }
}
