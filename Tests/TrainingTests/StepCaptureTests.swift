import Datasets
import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch
import Training

@Suite("Captured steps") struct StepCaptureTests {
  /// Stands for a device's graph: does the work again from the beginning, in the same places.
  private final class RepeatedWork: CapturedWork {
    private var body: (() -> Void)?
    private(set) var replays = 0

    func capture(_ body: @escaping () -> Void) throws { self.body = body }
    func replay() {
      replays += 1
      body?()
    }
  }

  /// Weights and losses after some steps of the toy task, one step at each rate; and what captured them.
  private struct Outcome {
    let weights: [Tensor]
    let losses: [Double]
    let works: [RepeatedWork]
    let refusal: String?

    init(
      _ method: MethodName, capture: Bool, dropout: Double = 0, rates: [Double],
      _ change: (inout TrainingConfiguration) -> Void = { _ in }
    ) throws {
      var configuration = ToyConfiguration()
      configuration.dropout = dropout
      configuration.training.capture = capture
      change(&configuration.training)
      let task = try ToyTask(configuration, TaskEnvironment(seed: 3, device: .cpu, datasets: DatasetStore()))
      var works: [RepeatedWork] = []
      let stepper = try TrainingStepper(
        task.store, method: method.make(configuration.feedback, seed: 3),
        optimizer: configuration.optimizer.make(task.store.parameters), configuration: configuration.training,
        generator: RandomGenerator(seed: 4)
      ) {
        works.append(RepeatedWork())
        return works[works.count - 1]
      }
      losses = rates.enumerated().map { index, rate in
        let batch = task.batch(index)
        return stepper.step([MicroBatch(batch, weight: 1)], rate: rate, loss: task.loss).item
      }
      weights = task.store.parameters.map { $0.tensor.detached().cloned() }
      self.works = works
      refusal = stepper.captureRefusal
    }

    func equals(_ other: Outcome) -> Bool {
      losses == other.losses && areEqual(weights, other.weights)
    }
  }

  private static func stepsDiffer(_ method: MethodName) -> Bool {
    method.make(FeedbackConfiguration(), seed: 1).stepsDiffer
  }

  @Test(
    "A captured step moves the weights as a launched one does",
    arguments: MethodName.allCases.filter { !stepsDiffer($0) },
    TrainingConfiguration.Update.allCases)
  func equality(_ method: MethodName, _ update: TrainingConfiguration.Update) throws {
    let rates = [Double](repeating: 0.05, count: 12)
    func outcome(capture: Bool) throws -> Outcome {
      try Outcome(method, capture: capture, rates: rates) { $0.update = update }
    }
    let captured = try outcome(capture: true)
    #expect(try captured.equals(outcome(capture: false)))
    // Every third batch is short; the first of each kind is launched.
    #expect(captured.works.map(\.replays) == [7, 3])
    #expect(captured.refusal == nil)
  }

  @Test("Another learning rate is captured anew") func rates() throws {
    let rates = [Double](repeating: 0.05, count: 6) + [Double](repeating: 0.02, count: 6)
    let captured = try Outcome(.dfa, capture: true, rates: rates)
    #expect(try captured.equals(Outcome(.dfa, capture: false, rates: rates)))
    #expect(captured.works.count == 4)
  }

  @Test("A learning rate that never stays is given up on") func changingRates() throws {
    let rates = (0..<25).map { 0.05 / Double($0 + 1) }
    let captured = try Outcome(.dfa, capture: true, rates: rates)
    #expect(try captured.equals(Outcome(.dfa, capture: false, rates: rates)))
    #expect(captured.works.isEmpty)
    #expect(captured.refusal?.contains("learning rate") == true)
  }

  @Test("A step that draws random numbers is not captured") func randomLayers() throws {
    let rates = [Double](repeating: 0.05, count: 9)
    let captured = try Outcome(.dfa, capture: true, dropout: 0.3, rates: rates)
    #expect(try captured.equals(Outcome(.dfa, capture: false, dropout: 0.3, rates: rates)))
    #expect(captured.works.isEmpty)
    #expect(captured.refusal?.contains("random") == true)
  }

  @Test(
    "A method that does not do the same in every step is not captured",
    arguments: MethodName.allCases.filter { stepsDiffer($0) } + [MethodName("dfa+anchors")])
  func unlikeSteps(_ method: MethodName) throws {
    let rates = [Double](repeating: 0.05, count: 9)
    let captured = try Outcome(method, capture: true, rates: rates)
    #expect(try captured.equals(Outcome(method, capture: false, rates: rates)))
    #expect(captured.works.isEmpty)
    #expect(captured.refusal?.contains("does not do the same in every step") == true)
  }

  @Test("On the CPU training goes on without capture, and says so once") func notice() throws {
    final class Notices: TrainingCallback {
      var texts: [String] = []
      func noticed(_ session: any TrainingSession, _ notice: String) { texts.append(notice) }
    }
    func train(capture: Bool) throws -> ([Tensor], [String]) {
      var configuration = ToyConfiguration()
      configuration.dropout = 0
      configuration.training.capture = capture
      let environment = TaskEnvironment(seed: 3, device: .cpu, datasets: DatasetStore())
      let task = try ToyTask(configuration, environment)
      let notices = Notices()
      try Trainer(
        task, configuration, method: DirectFeedbackAlignment(seed: 3), environment: environment,
        callbacks: [notices]
      ).train()
      return (task.store.parameters.map(\.tensor), notices.texts)
    }
    let (expected, silence) = try train(capture: false)
    let (weights, notices) = try train(capture: true)
    #expect(areEqual(weights, expected))
    #expect(silence.isEmpty)
    #expect(notices.count == 1)
    #expect(notices.first?.hasPrefix("training.capture: steps are launched operation by operation: ") == true)
  }

  @Test("A device without streams has none to spread over") func streams() {
    #expect(DeviceStreams(4, on: .cpu) == nil)
  }
}
