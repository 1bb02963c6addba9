import Torch

/// Launches the operations of a step one by one the first time, captures them the second, and launches them as a
/// whole from then on.
///
/// In the first step optimizers and methods make what they keep, and a step that draws random numbers gives
/// itself away: a captured one would draw the same ones for ever. Batches of different shapes, such as the
/// last one of an epoch, are captured apart; a new learning rate begins anew.
final class StepCapture {
  /// Why nothing is captured any more; nil as long as it may be.
  private(set) var refusal: String?

  private let generator: RandomGenerator
  private let makeWork: () throws -> any CapturedWork
  private var rate: Double?
  private var seen: Set<Signature> = []
  private var captured: [Signature: CapturedStep] = [:]
  private var launchedInARow = 0

  /// What must be equal, besides the learning rate, in two steps for one to be a replay of the other.
  private struct Signature: Hashable {
    let shapes: [[Int]]
    let weights: [Double]
  }

  /// Shapes that are captured at most; each holds the memory of a step.
  private static let maximumCount = 4
  /// Steps launched in a row after which capturing is given up.
  private static let patience = 20

  /// - Parameters:
  ///   - generator: What the network's random layers draw from.
  ///   - stepsDiffer: Whether the training method does not do the same in every step.
  ///   - makeWork: Makes what captures.
  init(
    generator: RandomGenerator, stepsDiffer: Bool, makeWork: @escaping () throws -> any CapturedWork
  ) {
    self.generator = generator
    self.makeWork = makeWork
    refusal =
      stepsDiffer
      ? "the training method does not do the same in every step: it draws random numbers, or some steps are by BP"
      : nil
  }

  /// One step.
  /// - Parameters:
  ///   - parts: The micro-batches.
  ///   - rate: The learning rate.
  ///   - launch: Launches the operations of the step on micro-batches, and returns the loss.
  func step<Batch>(
    _ parts: [MicroBatch<Batch>], rate: Double, launch: @escaping ([MicroBatch<Batch>]) throws -> Tensor
  ) rethrows -> Tensor {
    guard refusal == nil else { return try launch(parts) }
    if rate != self.rate {
      self.rate = rate
      seen = []
      captured = [:]
    }
    guard let inputs = StepCapture.tensors(of: parts) else {
      refusal = "a batch of type \(Batch.self) has no tensors to be copied into a captured step"
      return try launch(parts)
    }
    let signature = Signature(shapes: inputs.map(\.shape), weights: parts.map(\.weight))
    if captured[signature] == nil, seen.contains(signature), captured.count < StepCapture.maximumCount {
      captured[signature] = capture(parts, launch)
    }
    guard let loss = captured[signature]?.step(inputs) else {
      seen.insert(signature)
      return try launchAlone(parts, launch)
    }
    launchedInARow = 0
    return loss
  }

  /// The tensors of the micro-batches; nil where a batch does not give its own.
  fileprivate static func tensors<Batch>(of parts: [MicroBatch<Batch>]) -> [Tensor]? {
    guard let batches = parts.map(\.batch) as? [any CapturableBatch] else { return nil }
    return batches.flatMap { $0.tensors }
  }

  /// Launches a step and learns from it.
  private func launchAlone<Batch>(
    _ parts: [MicroBatch<Batch>], _ launch: ([MicroBatch<Batch>]) throws -> Tensor
  ) rethrows -> Tensor {
    let before = generator.state
    let loss = try launch(parts)
    launchedInARow += 1
    if !generator.state.equals(before) {
      refusal = "random layers draw other numbers in every step"
    } else if launchedInARow == StepCapture.patience {
      refusal = "the learning rate, or the shape of batches, is another one in every step"
    }
    return loss
  }

  private func capture<Batch>(
    _ parts: [MicroBatch<Batch>], _ launch: @escaping ([MicroBatch<Batch>]) throws -> Tensor
  ) -> CapturedStep? {
    do {
      return try CapturedStep(parts, on: makeWork(), launch)
    } catch {
      refusal = "\(error)"
      return nil
    }
  }
}

/// A step that has been captured, with the tensors that it reads its batch from.
private final class CapturedStep {
  private let work: any CapturedWork
  private let inputs: [Tensor]
  private var loss: Tensor?

  init<Batch>(
    _ parts: [MicroBatch<Batch>], on work: any CapturedWork,
    _ launch: @escaping ([MicroBatch<Batch>]) throws -> Tensor
  ) throws {
    // Every batch that comes here is capturable, and the copy of a batch has its type.
    let parts = parts.map { part in
      let copy = (part.batch as? any CapturableBatch)?.copied() as? Batch
      return MicroBatch(copy ?? part.batch, weight: part.weight)
    }
    self.work = work
    inputs = StepCapture.tensors(of: parts) ?? []
    var failure: (any Error)?
    try work.capture { [unowned self] in
      do { loss = try launch(parts) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The step on another batch; returns its loss.
  func step(_ batch: [Tensor]) -> Tensor? {
    for (place, tensor) in zip(inputs, batch) { place.copy(from: tensor) }
    work.replay()
    return loss?.cloned()
  }
}
