import FeedbackAlignment
import Networks
import Torch

/// Makes the steps of one network: gradients by a method, updates by an optimizer, in the way that a
/// configuration says.
public final class TrainingStepper {
  private let method: any TrainingMethod
  private let optimizer: Optimizer
  private let configuration: TrainingConfiguration
  private let clipNorm: Double?
  private let generator: RandomGenerator
  private let device: Device
  private var rate = 0.0
  private lazy var gradients = makeGradients()
  private let parameters: [Parameter]
  private let streams: DeviceStreams?
  private let capture: StepCapture?

  /// Why steps are launched operation by operation although they were to be captured; nil when they are not to
  /// be, or may be yet.
  public var captureRefusal: String? { capture?.refusal }

  /// Whether steps run on one stream although they were to be spread over several.
  package var lacksStreams: Bool { configuration.streams > 1 && streams == nil }

  /// - Parameters:
  ///   - store: The network's parameters.
  ///   - method: How gradients are made.
  ///   - optimizer: What moves the parameters.
  ///   - configuration: What is kept, when parameters move, in which precision.
  ///   - clipNorm: The norm to which gradients are clipped; nil leaves them.
  ///   - generator: Where random layers draw from.
  public convenience init(
    _ store: ParameterStore, method: any TrainingMethod, optimizer: Optimizer,
    configuration: TrainingConfiguration, clipNorm: Double? = nil, generator: RandomGenerator
  ) {
    self.init(
      store, method: method, optimizer: optimizer, configuration: configuration, clipNorm: clipNorm,
      generator: generator,
      capturing: { try DeviceGraph(on: store.device) })
  }

  /// - Parameter makeWork: Makes what captures a step, where the configuration asks for that.
  package init(
    _ store: ParameterStore, method: any TrainingMethod, optimizer: Optimizer,
    configuration: TrainingConfiguration, clipNorm: Double? = nil, generator: RandomGenerator,
    capturing makeWork: @escaping () throws -> any CapturedWork
  ) {
    parameters = store.parameters
    device = store.device
    self.method = method
    self.optimizer = optimizer
    self.configuration = configuration
    self.clipNorm = clipNorm
    self.generator = generator
    streams = DeviceStreams(configuration.streams, on: store.device)
    capture =
      configuration.capture
      ? StepCapture(generator: generator, stepsDiffer: method.stepsDiffer, makeWork: makeWork) : nil
  }

  /// Moves the parameters along the gradients of a batch.
  /// - Parameters:
  ///   - parts: The batch, or the micro-batches of it.
  ///   - rate: The learning rate.
  ///   - loss: The loss of a part in a pass.
  /// - Returns: The loss of the batch, on the network's device.
  public func step<Batch>(
    _ parts: [MicroBatch<Batch>], rate: Double, loss: @escaping (Batch, Pass) throws -> Tensor
  ) rethrows -> Tensor {
    self.rate = rate
    guard let capture else { return try launch(parts, loss) }
    return try capture.step(parts, rate: rate) { [unowned self] in try launch($0, loss) }
  }

  /// A step whose operations are launched one by one.
  package func launch<Batch>(
    _ parts: [MicroBatch<Batch>], _ loss: (Batch, Pass) throws -> Tensor
  ) rethrows -> Tensor {
    let losses = try parts.enumerated().map { index, part in
      try accumulate(part, into: gradients, isFinal: index == parts.count - 1, loss)
    }
    if configuration.update == .together {
      withRegion("optimizer") {
        let all = gradients.take()
        optimizer.update(clipNorm.map(all.clipped) ?? all, rate: rate)
      }
    }
    return losses.dropFirst().reduce(losses[0], +)
  }

  /// Makes the gradients of a batch without an update.
  /// - Parameter gradients: Takes them.
  package func accumulate<Batch>(
    _ part: MicroBatch<Batch>, into gradients: GradientAccumulator, isFinal: Bool = true,
    _ loss: (Batch, Pass) throws -> Tensor
  ) rethrows -> Tensor {
    let context = StepContext(
      gradients, generator: generator, memory: configuration.memory, weight: part.weight, rate: rate,
      optimizer: optimizer.another, streams: streams)
    return try gradients.accumulate(isFinal: isFinal) {
      try method.step(context) { pass in
        let loss = try configuration.precision.run(on: device) { try loss(part.batch, pass) }
        return part.weight == 1 ? loss : loss * part.weight
      }
    }
  }

  private func makeGradients() -> GradientAccumulator {
    guard configuration.update == .fused else { return GradientAccumulator(parameters) }
    return GradientAccumulator(parameters) { [unowned self] parameter, gradient in
      withRegion("optimizer") { optimizer.update(Gradients([parameter], [gradient]), rate: rate) }
    }
  }
}
