import FeedbackAlignment
import Networks
import Torch
import Training

/// How far the first step of a network on a device is from the same step on the CPU.
package struct DeviceAgreement: Encodable, Sendable {
  /// The difference of the losses, divided by the CPU's.
  package private(set) var loss = 0.0
  /// The largest length of the difference of a parameter's gradients, divided by the length of the CPU's, or by a hundredth
  /// of the length of all gradients where that is more: what little a gradient is that ought to be zero depends on the order
  /// of sums alone.
  package private(set) var gradient = 0.0
  /// The parameter that has it.
  package private(set) var parameter = ""
  /// Why the steps cannot be compared, as when they draw random numbers on their device; nil where they are.
  package private(set) var skipped: String?

  /// What is wrong: nothing, or one line.
  package func violations(tolerance: Double) -> [String] {
    if !(loss <= tolerance) { return ["the loss differs from the CPU's by \(loss) of it"] }
    if !(gradient <= tolerance) {
      return ["the gradient of '\(parameter)' differs from the CPU's by \(gradient) of its length"]
    }
    return []
  }

  /// The worse of two.
  package func worse(_ other: DeviceAgreement) -> DeviceAgreement {
    other.gradient > gradient || other.gradient.isNaN ? other : self
  }

  /// Compares two steps.
  package init(_ step: TrainingStep, with expected: TrainingStep) {
    let difference = abs(step.loss.item - expected.loss.item) / max(abs(expected.loss.item), 1e-6)
    loss = difference.isNaN ? .infinity : difference
    func length(_ x: Tensor) -> Double { x.to(.float64, .cpu).square().sum().item.squareRoot() }
    let lengths = expected.gradients.tensors.map { $0.map(length) ?? 0 }
    let whole = lengths.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for (index, parameter) in expected.gradients.parameters.enumerated() {
      let difference: Double
      switch (step.gradients.tensors[index], expected.gradients.tensors[index]) {
      case (nil, nil): difference = 0
      case (let own?, let other?) where own.shape == other.shape:
        let distance = length(own.to(.float64, .cpu) - other.to(.float64, .cpu))
        difference = distance == 0 ? 0 : distance / max(lengths[index], whole / 100)
      default: difference = .infinity
      }
      if difference > gradient || difference.isNaN {
        gradient = difference.isNaN ? .infinity : difference
        self.parameter = parameter.path
      }
    }
  }

  private init(skipped: String) { self.skipped = skipped }

  /// The first step of a toy network by a method.
  package static func of(
    _ network: ToyNetwork, on device: Device, _ make: () -> any TrainingMethod
  ) -> DeviceAgreement {
    let (model, expected) = (ToyModel(network, device: device), ToyModel(network))
    let (method, other) = (make(), make())
    if method.drawsInSteps { return DeviceAgreement(skipped: "the method draws random numbers") }
    let generator = model.generator(seed: 5)
    let before = generator.state
    _ = model.loss(Pass(.training, generator: generator))
    guard generator.state.equals(before) else {
      return DeviceAgreement(skipped: "the network draws random numbers")
    }
    // The pass above has moved running statistics.
    return DeviceAgreement(ToyModel(network, device: device).step(method), with: expected.step(other))
  }

  /// The first step of a task by a method; and whether two such steps on the device have the same gradients, bit for bit.
  /// - Throws: What the task throws.
  package static func of<Task: TrainingTask>(
    _ task: Task.Type, preset: String = "debug", assignments: [String], method: MethodName, on device: Device
  ) throws -> (agreement: DeviceAgreement, isRepeatable: Bool) {
    func step(_ device: Device) throws -> (step: TrainingStep, draws: Bool) {
      let trainer = try Experiment(task, preset: preset, assignments: assignments, device: device)
        .trainer(method, seed: 3)
      let generator = RandomGenerator(seed: 1, device: device)
      let before = generator.state
      let batch = try trainer.task.batch(0)
      let step = trainer.method.step(trainer.task.store.parameters, generator: generator) {
        trainer.task.loss(batch, $0)
      }
      return (step, trainer.method.drawsInSteps || !generator.state.equals(before))
    }
    let (found, draws) = try step(device)
    let again = try step(device).step
    return (
      draws
        ? DeviceAgreement(skipped: "the step draws random numbers")
        : DeviceAgreement(found, with: try step(.cpu).step),
      again.loss.equals(found.loss) && areEqual(again.gradients.tensors, found.gradients.tensors)
    )
  }
}
