import Basics
import Networks
import Torch

/// Gathers the gradients of a network's parameters from the traversals of a step.
///
/// A method makes its gradients in one or more traversals of the graph (``TrainingMethod``), and a step may have
/// several micro-batches. A parameter's gradient is complete when no later traversal reaches it. Either all
/// gradients are taken at the end (``take()``), or each is handed to a receiver as soon as it is complete and
/// then freed ("fused update"), so that never more than those of one segment are alive.
///
/// Which traversal is a parameter's last is learned in the first step, whose gradients are handed over at its
/// end; so are those of steps that a method makes in other traversals than the rest (`handsOverAtEnd`).
public final class GradientAccumulator {
  /// The parameters, in the order of their store.
  public let parameters: [Parameter]
  private let leaves: [Tensor]
  private let receive: ((Parameter, Gradient) -> Void)?
  private var sums: [Tensor?]

  /// The last traversal of a batch that reached each parameter, from the first step on.
  private var lastTraversals: [Int?]?
  private var seenTraversals: [Int?]
  private var traversal = 0
  /// Whether the batch is the last of its step.
  private(set) var isLastBatch = true
  /// Whether the batch's gradients are handed over at its end, whatever was learned of traversals, and nothing is learned
  /// from it. A method sets it for each batch whose traversals are not those of the rest, or which reads the gradients of
  /// tensors that are no leaves.
  var handsOverAtEnd = false

  /// - Parameters:
  ///   - parameters: The parameters whose gradients are gathered.
  ///   - receive: Takes each parameter's gradient when it is complete, and may change the parameter; nil to
  ///     keep them for ``take()``.
  public init(_ parameters: [Parameter], handingTo receive: ((Parameter, Gradient) -> Void)? = nil) {
    self.parameters = parameters
    self.receive = receive
    leaves = parameters.map(\.tensor)
    sums = Array(repeating: nil, count: parameters.count)
    seenTraversals = sums.map { _ in nil }
  }

  /// Runs a method on one batch of a step.
  /// - Parameters:
  ///   - isFinal: Whether it is the last batch of the step, after which gradients are complete.
  ///   - body: Calls the method.
  public func accumulate<Result>(isFinal: Bool = true, _ body: () throws -> Result) rethrows -> Result {
    isLastBatch = isFinal
    traversal = 0
    handsOverAtEnd = false
    do {
      let result = try body()
      if isFinal, receive != nil { handOverRest() }
      return result
    } catch {
      sums = sums.map { _ in nil }
      throw error
    }
  }

  /// The gradients gathered since they were last taken; none where a receiver has had them.
  public func take() -> Gradients {
    defer { sums = sums.map { _ in nil } }
    return Gradients(parameters, sums)
  }

  /// One traversal of the graph: adds the gradients of the parameters to the sums.
  /// - Parameters:
  ///   - roots: Where it starts.
  ///   - vectors: What each root receives, of its shape and type.
  ///   - inputs: Further leaves whose gradients are computed.
  ///   - retainingGraph: Whether the graph is kept for another traversal.
  /// - Returns: The gradients of `inputs`.
  @discardableResult
  func traverse(
    _ roots: [GraphEdge], _ vectors: [Tensor], reading inputs: [Tensor] = [], retainingGraph: Bool = false
  ) -> [Tensor?] {
    defer { traversal += 1 }
    guard let lastTraversals, handsOverDuringBatch else {
      let all = gradients(of: roots, with: vectors, for: inputs + leaves, retainingGraph: retainingGraph)
      for (index, gradient) in all.dropFirst(inputs.count).enumerated() {
        if let gradient { add(gradient, at: index) }
      }
      return Array(all.prefix(inputs.count))
    }
    var read = [Tensor?](repeating: nil, count: inputs.count)
    deliverGradients(of: roots, with: vectors, for: inputs + leaves, retainingGraph: retainingGraph) {
      [self] index, gradient in
      if index < inputs.count {
        read[index] = gradient
      } else {
        let index = index - inputs.count
        add(gradient, at: index)
        if lastTraversals[index] == traversal { handOver(index) }
      }
    }
    return read
  }

  /// The traversal that starts at the loss, whose graph is the loss's alone.
  @discardableResult
  func traverse(loss: Tensor, reading inputs: [Tensor] = [], retainingGraph: Bool = false) -> [Tensor?] {
    guard let root = GraphEdge(of: loss.checkedLoss) else { return inputs.map { _ in nil } }
    return traverse(
      [root], [Tensor.ones(loss.shape, dtype: loss.dtype, device: loss.device)], reading: inputs,
      retainingGraph: retainingGraph)
  }

  private var handsOverDuringBatch: Bool { receive != nil && isLastBatch && !handsOverAtEnd }

  private func add(_ gradient: Tensor, at index: Int) {
    if let last = lastTraversals?[index], handsOverDuringBatch {
      require(
        traversal <= last,
        "'\(parameters[index].path)' was updated before the last of its gradients was computed: a fused update needs a "
          + "network that uses its parameters in the same way in every step; set training.update to together")
    }
    if !handsOverAtEnd { seenTraversals[index] = traversal }
    sums[index] = sums[index].map { $0 + gradient } ?? gradient
  }

  private func handOver(_ index: Int) {
    guard let gradient = sums[index] else { return }
    sums[index] = nil
    receive?(parameters[index], Gradient(gradient))
  }

  /// Hands over what no traversal completed: everything in the first step, later what a step did not reach.
  private func handOverRest() {
    for index in sums.indices { handOver(index) }
    guard !handsOverAtEnd else { return }
    lastTraversals = lastTraversals ?? seenTraversals
  }
}
