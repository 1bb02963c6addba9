import Networks
import Torch

/// Trains feedback tensors by an optimizer like that of the network, once in a step.
final class FeedbackLearner {
  private struct Entry {
    let parameter: Parameter
    let optimizer: Optimizer
  }

  private let decay: Double
  private let rate: Double?
  private var entries: [String: Entry] = [:]
  private var sums: [String: Tensor] = [:]
  /// What a checkpoint gave, by the path of the tensor, until its optimizer is made.
  private var given: [String: Tensor] = [:]

  /// - Parameters:
  ///   - decay: λ, the weight decay of the tensors: the part of each that is added to its gradient.
  ///   - rate: The learning rate; that of the step when nil.
  init(decay: Double, rate: Double?) { (self.decay, self.rate) = (decay, rate) }

  /// Adds up gradients over the batches of a step; after the last, tensors are updated in place.
  /// - Parameters:
  ///   - tensors: The tensors by path, the same in every step.
  ///   - derivatives: For each its gradient; nil leaves it as it is.
  ///   - context: The context of the step.
  func learn(_ tensors: [(path: String, tensor: Tensor)], _ derivatives: [Tensor?], _ context: StepContext) {
    for ((path, _), derivative) in zip(tensors, derivatives) {
      guard let derivative else { continue }
      sums[path] = sums[path].map { $0 + derivative } ?? derivative
    }
    guard context.gradients.isLastBatch else { return }
    for (path, tensor) in tensors {
      guard let sum = sums.removeValue(forKey: path) else { continue }
      let entry = entry(path, tensor, context)
      entry.optimizer.update(Gradients([entry.parameter], [sum]), rate: rate ?? context.rate)
    }
  }

  private func entry(_ path: String, _ tensor: Tensor, _ context: StepContext) -> Entry {
    if let entry = entries[path], entry.parameter.tensor === tensor { return entry }
    let parameter = Parameter(path: path, tensor: tensor)
    let optimizer = context.optimizer([ParameterGroup([parameter], weightDecay: decay)])
    let own = given.filter { $0.key.hasPrefix(path + "/") }
    if !own.isEmpty { optimizer.restore(own) }
    for key in own.keys { given[key] = nil }
    let entry = Entry(parameter: parameter, optimizer: optimizer)
    entries[path] = entry
    return entry
  }

  /// What the optimizers keep, by the paths of the tensors.
  var state: [String: Tensor] {
    entries.values.reduce(into: given) { state, entry in
      state.merge(entry.optimizer.state.mapValues { $0.cloned() }) { $1 }
    }
  }

  /// Takes over what optimizers kept of tensors: of each a number, or a tensor of its shape.
  /// - Throws: ``FeedbackMatrixError`` when they kept something else.
  func restore(_ state: [String: Tensor], of tensors: [String: Tensor]) throws {
    for (name, slot) in state.sorted(by: { $0.key < $1.key }) {
      let path = name.split(separator: "/").dropLast().joined(separator: "/")
      guard let tensor = tensors[path], slot.shape == tensor.shape || slot.shape == [], slot.isAllFinite
      else {
        throw FeedbackMatrixError(
          path: "optimizer/\(name)", found: "\(slot.shape) \(slot.dtype)",
          expected: "a finite number or finite numbers of the matrix's shape")
      }
    }
    entries = [:]
    given = state
  }
}
