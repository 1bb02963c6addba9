import Basics
import Networks
import Torch

/// So many nodes of each class to train on, so many of the others for validation, the rest to test, drawn from a seed.
///
/// Of a class with fewer than `2 perClass` nodes half are trained on (at least one), and at most half of the nodes that are
/// then left are for validation, so that each part of a small graph has nodes. Nodes without a class are in no part.
///
/// **Source** the numbers are those of Yang et al. 2016.
public struct RandomSplit: NodeSplitRule {
  /// `random`
  public static let name = "random"
  /// What it is.
  public static let summary =
    "some nodes of each class are trained on, others for validation, the rest to test"

  /// How many nodes of each class are trained on; at least 1.
  public var perClass = 20
  /// How many of the other nodes are for validation; at least 1.
  public var validation = 500
  /// What is drawn from, from 0 on; nil for the run's seed, which splits anew for each.
  public var seed: Int? = 0

  /// The defaults.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] = [
    SettingKey(
      "perClass", \Self.perClass, "how many nodes of each class are trained on; at most half of them",
      .atLeast(1)),
    SettingKey(
      "validation", \Self.validation, "how many of the other nodes are for validation; at most half of them",
      .atLeast(1)),
    SettingKey("seed", optional: \Self.seed, "what is drawn from; null: the run's seed", .atLeast(0)),
  ]

  /// The split of the labels.
  public func split(_ graph: LabelledGraph, seed: UInt64, source: String) throws -> NodeSplit {
    let generator = RandomGenerator(seed: derivedSeed(self.seed.map(UInt64.init) ?? seed, "split"))
    func drawn(_ nodes: [Int]) -> [Int] {
      generator.permutation(nodes.count).scalars(Int64.self).map { nodes[Int($0)] }
    }
    var nodesOfClass = [[Int]](repeating: [], count: graph.classes)
    for (node, label) in graph.labels.enumerated() where label >= 0 { nodesOfClass[label].append(node) }
    var (training, others): ([Int], [Int]) = ([], [])
    for nodes in nodesOfClass where !nodes.isEmpty {
      let nodes = drawn(nodes)
      let count = min(perClass, max(nodes.count / 2, 1))
      training += nodes.prefix(count)
      others += nodes.dropFirst(count)
    }
    guard others.count >= 2 else {
      throw NodeSplitError.tooFewNodes(
        source, labelled: training.count + others.count, needed: training.count + 2)
    }
    others = drawn(others)
    let count = min(validation, others.count / 2)
    return NodeSplit(
      training: training.sorted(), validation: others.prefix(count).sorted(),
      test: others.dropFirst(count).sorted())
  }
}
