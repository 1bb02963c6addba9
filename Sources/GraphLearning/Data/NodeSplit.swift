import Basics
import Networks
import Torch

/// Which nodes are trained on, which settings are chosen by, and which are reported.
public struct NodeSplit: Equatable, Sendable {
  /// How nodes are split.
  public enum Kind: String, NamedChoice {
    /// 20 nodes of each class, 500 and 1,000 nodes (Yang et al. 2016).
    case publicSplit = "public"
    /// A fifth, a fifth and three fifths of the nodes, drawn from the run's seed so that every class has its share
    /// of each; not comparable with the public split.
    case fiveFold
  }

  /// In increasing order.
  public let training, validation, test: [Int]

  /// A split.
  public init(training: [Int], validation: [Int], test: [Int]) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// The split of a citation network.
  init(_ kind: Kind, of data: PlanetoidData, seed: UInt64) {
    switch kind {
    case .publicSplit:
      self.init(training: data.trainingNodes, validation: data.validationNodes, test: data.testNodes)
    case .fiveFold: self.init(fiveFoldsOf: data.labels, seed: seed)
    }
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
