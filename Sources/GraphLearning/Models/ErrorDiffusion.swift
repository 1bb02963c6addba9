import Networks
import Torch

/// An error that is diffused over the graph before it is sent: `(Âᵀ)^hops e`, where e is the error of the logits.
///
/// Only labelled nodes have an error at the logits. In backpropagation it reaches the neighbours of a node through every
/// aggregation on its way down; here through so many steps along the edges, with ``Graph/normalizedAdjacency`` in the place
/// of attention, and without the weights of any layer. It is read at zeros that are carried to the logits and added to
/// them, which changes nothing but has this derivative.
///
/// **Source** ours; DFA-GNN (Zhao et al. 2024) diffuses errors to unlabelled nodes likewise.
struct ErrorDiffusion {
  private let hops: Int
  private let output: FeedbackOutput

  /// - Parameters:
  ///   - scope: Names the output.
  ///   - hops: How many steps; at least 1.
  init(_ scope: Scope, hops: Int) {
    precondition(hops >= 1, "an error diffused over \(hops) edges")
    self.hops = hops
    output = FeedbackOutput(scope)
  }

  /// A feedback point that receives this error.
  func point(_ scope: Scope) -> FeedbackPoint { FeedbackPoint(scope, of: output) }

  /// Zeros to be added to logits.
  ///
  /// **Shape** `[N, K]`
  func callAsFunction(classes: Int, _ graph: Graph, _ pass: Pass) -> Tensor {
    let adjacency = graph.normalizedAdjacency
    let zeros = output(Tensor.zeros([graph.nodes, classes], device: graph.device), pass)
    return (0..<hops).reduce(zeros) { x, _ in adjacency.matmul(x) }
  }
}
