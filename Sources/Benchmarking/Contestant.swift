import DirectFeedback
import Foundation

/// A network, a method and an optimizer, ready to step on one batch.
package struct Contestant {
  /// The network's parameters.
  package let store: ParameterStore
  private let device: Device
  private let computeGradients: () -> Void
  private let performStep: () -> Void

  init(_ network: BenchmarkNetwork, _ method: BenchmarkMethod, batch: Int, device: Device) {
    let store = ParameterStore(seed: 0, device: device)
    let loss = network.build(store, seed: 1, batch: batch)
    let optimizer = network.optimizer.make([ParameterGroup(store.parameters)])
    let generator = RandomGenerator(seed: 2, device: device)
    let rate = network.optimizer.learningRate
    let training = method.name.make(network.feedback, seed: 0)
    func gradients() -> TrainingStep { training.step(store.parameters, generator: generator, loss: loss) }
    self.store = store
    self.device = device
    let computeGradients = { _ = gradients() }
    self.computeGradients = computeGradients
    performStep =
      method.options.contains(.gradients)
      ? computeGradients
      : {
        let step = gradients()
        withRegion("optimizer") { optimizer.update(step.gradients, rate: rate) }
      }
  }

  init<Task: TrainingTask>(_ experiment: Experiment<Task>, _ method: BenchmarkMethod) throws {
    let trainer = try experiment.trainer(method.name, seed: 0)
    let batch = try trainer.task.batch(epoch: 0, step: 0)
    let generator = RandomGenerator(seed: 2, device: experiment.device)
    store = trainer.task.store
    device = experiment.device
    let computeGradients = {
      _ = trainer.method.step(trainer.task.store.parameters, generator: generator) {
        trainer.task.loss(batch, $0)
      }
    }
    self.computeGradients = computeGradients
    performStep = method.options.contains(.gradients) ? computeGradients : { trainer.step(on: batch) }
  }

  /// One step: gradients and an update. Does not wait for the device.
  package func step() { performStep() }

  /// The seconds of a step, until the device is done.
  func secondsOfStep() -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    step()
    device.synchronize()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  /// The operations of a step.
  package func trace() -> OperationTrace { OperationTrace.record(on: device, step) }

  /// The most bytes alive during a step, beyond those alive before it.
  func peakBytesOfStep() -> Int { device.peakBytes(of: performStep) }

  /// The most bytes alive while the gradients of a step are computed, beyond those alive before: activations
  /// kept for the derivatives, and what is made of them. Parameters, the optimizer's state and feedback
  /// matrices are alive before and not counted; gradients are, as they come to life.
  package func activationBytes() -> Int { device.peakBytes(of: computeGradients) }
}

extension Device {
  /// The most bytes alive during `body`, beyond those alive before.
  fileprivate func peakBytes(of body: () -> Void) -> Int {
    synchronize()
    resetPeakBytes()
    let before = allocatedBytes
    body()
    synchronize()
    return peakBytes - before
  }
}
