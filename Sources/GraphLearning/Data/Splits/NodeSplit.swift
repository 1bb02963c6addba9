import Basics
import Torch

/// Which nodes are trained on, which settings are chosen by, and which are reported.
public struct NodeSplit: Equatable, Sendable {
  /// In increasing order.
  public let training, validation, test: [Int]

  /// A split.
  public init(training: [Int], validation: [Int], test: [Int]) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// Five parts in which every class has its share: the first to train on, the second for validation, the others
  /// to test. Nodes without a class (-1) are in none.
  ///
  /// Parts take turns at the nodes sorted by class, which says how many of each class a part gets: the numbers of a
  /// class, and of all nodes, differ by no more than one from part to part. Which nodes these are is drawn.
  ///
  /// **Source** Launay et al. 2020, published code for DNAConv.
  public init(fiveFoldsOf labels: [Int], seed: UInt64) {
    let parts = 5
    let classes = (labels.max() ?? -1) + 1
    var nodesOfClass = [[Int]](repeating: [], count: classes)
    for (node, label) in labels.enumerated() where label >= 0 { nodesOfClass[label].append(node) }
    var partOfNode = [Int](repeating: -1, count: labels.count)
    let generator = RandomGenerator(seed: derivedSeed(seed, "split"))
    var turn = 0
    for nodes in nodesOfClass where !nodes.isEmpty {
      for place in generator.permutation(nodes.count).scalars(Int64.self) {
        partOfNode[nodes[Int(place)]] = turn % parts
        turn += 1
      }
    }
    training = labels.indices.filter { partOfNode[$0] == 0 }
    validation = labels.indices.filter { partOfNode[$0] == 1 }
    test = labels.indices.filter { partOfNode[$0] >= 2 }
  }
}
