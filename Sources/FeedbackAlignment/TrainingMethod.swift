import Networks
import Torch

/// Decides how the parameters of a network get their gradients.
///
/// A method sees the network only as a function from a pass to a loss. It sets the pass's recorder, and so
/// decides what happens at the network's feedback points and outputs.
public protocol TrainingMethod: AnyObject {
  /// Makes the gradients of one batch.
  /// - Parameters:
  ///   - context: Where the gradients go, and how.
  ///   - loss: Runs the network in the pass and returns a scalar. A method may call it more than once.
  /// - Returns: The loss, off the graph; on the network's device, so that reading it is the caller's choice.
  func step(_ context: StepContext, loss: (Pass) throws -> Tensor) rethrows -> Tensor

  /// Whether a step draws random numbers of the method's own.
  var drawsInSteps: Bool { get }

  /// Whether a step may do something else than another on the same batch and parameters, so that none is the replay of
  /// another: it draws random numbers, or some steps are made by backpropagation.
  var stepsDiffer: Bool { get }

  /// The method that this one changes, whose signals alignment measures; itself where it changes none.
  var base: any TrainingMethod { get }

  /// What the method has counted since training began, by the names that records of training give it: `stepsByBP`.
  var counts: [String: Int] { get }

  /// Takes notice of an epoch's length, before the first step of a run.
  /// - Parameter stepsPerEpoch: The steps of an epoch; nil where training has no epochs.
  /// - Throws: `SettingError` where the method counts in epochs and there are none.
  func prepare(stepsPerEpoch: Int?) throws(SettingError)

  /// Tensors that a checkpoint must keep, by name: feedback matrices.
  var state: [String: Tensor] { get }

  /// Takes over the tensors of a checkpoint of the same method and network.
  /// - Throws: ``FeedbackMatrixError`` when they are not what the method keeps.
  func restore(_ state: [String: Tensor]) throws
}

/// What a method needs to know of a step besides the network.
public struct StepContext {
  /// Where the gradients go.
  public let gradients: GradientAccumulator
  /// Where random layers draw from.
  public let generator: RandomGenerator
  /// What is kept of the forward pass.
  public let memory: ActivationMemory
  /// The proportion in which the batch counts in its step: 1 but for micro-batches.
  public let weight: Double
  /// The learning rate η of feedback that learns.
  public let rate: Double
  /// Makes an optimizer for feedback that learns.
  let optimizer: ([ParameterGroup]) -> Optimizer
  /// The streams that the segments between points are spread over; nil where they follow each other.
  let streams: DeviceStreams?

  /// The context of a step.
  /// - Parameters:
  ///   - gradients: Where the gradients go.
  ///   - generator: Where random layers draw from.
  ///   - memory: What is kept of the forward pass.
  ///   - rate: The learning rate of feedback that learns; that of the parameters unless one knows better.
  ///   - optimizer: Makes an optimizer for feedback that learns; of the kind of the parameters'.
  public init(
    _ gradients: GradientAccumulator, generator: RandomGenerator, memory: ActivationMemory = .whole,
    rate: Double,
    optimizer: @escaping ([ParameterGroup]) -> Optimizer = { Optimizer(StochasticGradientDescent(), $0) }
  ) {
    self.init(
      gradients, generator: generator, memory: memory, weight: 1, rate: rate, optimizer: optimizer,
      streams: nil)
  }

  package init(
    _ gradients: GradientAccumulator, generator: RandomGenerator, memory: ActivationMemory, weight: Double,
    rate: Double, optimizer: @escaping ([ParameterGroup]) -> Optimizer, streams: DeviceStreams?
  ) {
    self.gradients = gradients
    self.generator = generator
    self.memory = memory
    self.weight = weight
    self.rate = rate
    self.optimizer = optimizer
    self.streams = streams
  }

  /// One step in which the graph is cut at the points of a level and at the outputs.
  /// - Parameters:
  ///   - level: The level of the points.
  ///   - keepingActivations: Whether the points recorded have their tensors.
  ///   - loss: Runs the network in the pass and returns a scalar.
  ///   - signals: What the points receive, given what the pass recorded; nil sends nothing.
  func cutStep(
    at level: FeedbackPoint.Level, keepingActivations: Bool = false, loss: (Pass) throws -> Tensor,
    signals: ([Crossing], [OutputGradient]) -> FeedbackSignals?
  ) rethrows -> Tensor {
    switch memory {
    case .whole:
      try CutGraph(level: level, keepingActivations: keepingActivations, streams: streams)
        .step(self, loss: loss, signals: signals)
    case .replay:
      try ReplayedGraph(level: level, keepingActivations: keepingActivations)
        .step(self, loss: loss, signals: signals)
    }
  }
}

/// What one step yields.
public struct TrainingStep {
  /// The loss, off the graph.
  public let loss: Tensor
  /// The gradients.
  public let gradients: Gradients
}

extension TrainingMethod {
  /// Default: a step draws no random numbers of the method's own.
  public var drawsInSteps: Bool { false }
  /// Default: steps differ where they draw random numbers.
  public var stepsDiffer: Bool { drawsInSteps }
  /// Default: the method itself.
  public var base: any TrainingMethod { self }
  /// Default: the method counts nothing.
  public var counts: [String: Int] { [:] }
  /// Default: the length of an epoch does not matter.
  public func prepare(stepsPerEpoch: Int?) throws(SettingError) {}
  /// Default: the method keeps nothing from step to step.
  public var state: [String: Tensor] { [:] }
  /// Default: there is nothing to restore.
  public func restore(_ state: [String: Tensor]) throws {}

  /// The loss and the gradients of one batch.
  /// - Parameters:
  ///   - parameters: The parameters to train, in the order of their store.
  ///   - generator: Where random layers draw from.
  ///   - memory: What is kept of the forward pass.
  ///   - rate: The learning rate of feedback that learns, by stochastic gradient descent; other methods ignore it.
  ///   - loss: Runs the network in the pass and returns a scalar.
  public func step(
    _ parameters: [Parameter], generator: RandomGenerator, memory: ActivationMemory = .whole,
    rate: Double = 0.01, loss: (Pass) throws -> Tensor
  ) rethrows -> TrainingStep {
    let gradients = GradientAccumulator(parameters)
    let loss = try gradients.accumulate {
      try step(StepContext(gradients, generator: generator, memory: memory, rate: rate), loss: loss)
    }
    return TrainingStep(loss: loss, gradients: gradients.take())
  }
}
