import Basics
import Networks
import Torch

/// Which edges of an undirected graph are trained on, which settings are chosen by, and which are reported, with as
/// many pairs of nodes without an edge for each of the last two.
///
/// Every pair has its lower node first. The negatives are no edges of the whole graph, and none occurs twice.
///
/// **Source** Launay et al. 2020, published code (train_test_split_edges of PyTorch Geometric), which drew the
/// negatives without a seed; here the seed gives them too.
public struct EdgeSplit: Equatable, Sendable {
  /// The edges that are trained on.
  public let training: NodePairs
  /// The edges that settings are chosen by.
  public let validation: NodePairs
  /// The edges that are reported.
  public let test: NodePairs
  /// As many pairs without an edge as there are edges for validation.
  public let validationNegatives: NodePairs
  /// As many pairs without an edge as there are edges to test.
  public let testNegatives: NodePairs

  /// Splits the edges of a graph, of which those from a node to itself are left out.
  /// - Parameters:
  ///   - graph: An undirected graph.
  ///   - validation: The share of the edges for validation, rounded down to whole edges.
  ///   - test: The share of the edges to test, rounded down to whole edges.
  ///   - seed: What is drawn from.
  /// - Throws: ``GraphError/notUndirected``; ``GraphError/tooFewEdges(found:validation:test:)`` when a part would
  ///   have none; ``GraphError/tooFewNonEdges(found:needed:)``.
  public init(of graph: Graph, validation: Double = 0.05, test: Double = 0.1, seed: UInt64) throws {
    guard graph.isUndirected else { throw GraphError.notUndirected }
    var edges = NodePairs()
    for target in 0..<graph.nodes {
      for source in graph.sources[graph.edges(to: target)] where source < target {
        edges.append(Int(source), target)
      }
    }
    let validationCount = Int(validation * Double(edges.count))
    let testCount = Int(test * Double(edges.count))
    let heldOut = validationCount + testCount
    guard validationCount > 0, testCount > 0, heldOut < edges.count else {
      throw GraphError.tooFewEdges(found: edges.count, validation: validationCount, test: testCount)
    }
    let generator = RandomGenerator(seed: derivedSeed(seed, "edges"))
    let order = generator.permutation(edges.count).scalars(Int64.self)
    let shuffled = NodePairs(
      sources: order.map { edges.sources[Int($0)] }, targets: order.map { edges.targets[Int($0)] })
    self.validation = shuffled[0..<validationCount]
    self.test = shuffled[validationCount..<heldOut]
    training = shuffled[heldOut..<edges.count]
    let negatives = try NonEdges(of: graph, .upperTriangle).distinct(heldOut, generator)
    validationNegatives = negatives[0..<validationCount]
    testNegatives = negatives[validationCount..<heldOut]
  }
}
