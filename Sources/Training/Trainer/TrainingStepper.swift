import FeedbackAlignment
import Networks
import Torch

/// Makes the steps of one network: gradients by a method, updates by an optimizer, in the way that a
/// configuration says.
public final class TrainingStepper {
  private let method: any TrainingMethod
  private let optimizer: any Optimizer
  private let configuration: TrainingConfiguration
  private let generator: RandomGenerator
  private let device: Device
  private var rate = 0.0
  private lazy var gradients = makeGradients()
  private let parameters: [Parameter]

  /// - Parameters:
  ///   - store: The network's parameters.
  ///   - method: How gradients are made.
  ///   - optimizer: What moves the parameters.
  ///   - configuration: What is kept, when parameters move, in which precision.
  ///   - generator: Where random layers draw from.
  public init(
    _ store: ParameterStore, method: any TrainingMethod, optimizer: any Optimizer,
    configuration: TrainingConfiguration, generator: RandomGenerator
  ) {
    parameters = store.parameters
    device = store.device
    self.method = method
    self.optimizer = optimizer
    self.configuration = configuration
    self.generator = generator
  }

  /// Moves the parameters along the gradients of a batch.
  /// - Parameters:
  ///   - parts: The batch, or the micro-batches of it.
  ///   - rate: The learning rate.
  ///   - loss: The loss of a part in a pass.
  /// - Returns: The loss of the batch, on the network's device.
  public func step<Batch>(
    _ parts: [MicroBatch<Batch>], rate: Double, loss: (Batch, Pass) throws -> Tensor
  ) rethrows -> Tensor {
    self.rate = rate
    let losses = try parts.enumerated().map { index, part in
      try accumulate(part, into: gradients, isFinal: index == parts.count - 1, loss)
    }
    if configuration.update == .together {
      withRegion("optimizer") { optimizer.update(gradients.take(), rate: rate) }
    }
    return losses.dropFirst().reduce(losses[0], +)
  }

  /// Makes the gradients of a batch without an update.
  /// - Parameter gradients: Takes them.
  package func accumulate<Batch>(
    _ part: MicroBatch<Batch>, into gradients: GradientAccumulator, isFinal: Bool = true,
    _ loss: (Batch, Pass) throws -> Tensor
  ) rethrows -> Tensor {
    let context = StepContext(gradients, generator: generator, memory: configuration.memory)
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
