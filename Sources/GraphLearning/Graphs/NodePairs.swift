import Torch

/// Pairs of nodes, such as edges or their absence.
package struct NodePairs: Equatable, Sendable {
  /// The first node of each pair.
  package var sources: [Int32]
  /// The second node of each pair.
  package var targets: [Int32]

  /// Pairs.
  package init(sources: [Int32] = [], targets: [Int32] = []) {
    precondition(sources.count == targets.count)
    (self.sources, self.targets) = (sources, targets)
  }

  /// How many pairs there are.
  package var count: Int { sources.count }

  /// The pairs at some places.
  package subscript(places: Range<Int>) -> NodePairs {
    NodePairs(sources: Array(sources[places]), targets: Array(targets[places]))
  }

  /// Both nodes of each pair.
  ///
  /// **Shape** `[2, count]`, `int64`
  package func tensor(on device: Device) -> Tensor {
    Tensor((sources + targets).map(Int.init), shape: [2, count]).to(device)
  }

  mutating func append(_ source: Int, _ target: Int) {
    sources.append(Int32(source))
    targets.append(Int32(target))
  }
}
