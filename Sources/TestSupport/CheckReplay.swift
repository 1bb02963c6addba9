import FeedbackAlignment
import Torch

/// Checks that DFA's gradients of a network are the same whether the whole graph is kept or replayed segment by segment: every parameter
/// has both, and they are less than 1e-6 apart.
/// - Returns: What is wrong, empty when all is well.
package func checkReplay(_ network: ToyNetwork) -> [String] {
  func gradients(_ memory: ActivationMemory) -> (paths: [String], tensors: [Tensor?]) {
    let model = ToyModel(network)
    let step = model.step(DirectFeedbackAlignment(seed: 2), memory: memory)
    return (model.store.parameters.map(\.path), step.gradients.tensors)
  }
  let (whole, replayed) = (gradients(.whole), gradients(.replay))
  return zip(whole.paths, zip(whole.tensors, replayed.tensors)).compactMap { path, pair in
    guard let x = pair.0, let y = pair.1 else { return "'\(path)' gets no gradient" }
    let difference = x.maximumDifference(from: y)
    return difference < 1e-6 ? nil : "'\(path)': the gradients are \(difference) apart"
  }
}
