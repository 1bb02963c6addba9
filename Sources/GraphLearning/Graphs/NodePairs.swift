import Torch

/// Pairs of nodes, such as edges or their absence.
public struct NodePairs: Equatable, Sendable {
  /// The first node of each pair.
  public var sources: [Int32]
  /// The second node of each pair.
  public var targets: [Int32]

  /// Pairs.
  public init(sources: [Int32] = [], targets: [Int32] = []) {
    guard sources.count == targets.count else {
      fatalError("NodePairs: \(sources.count) first nodes for \(targets.count) second ones")
    }
    (self.sources, self.targets) = (sources, targets)
  }

  /// How many pairs there are.
  public var count: Int { sources.count }

  /// The pairs at some places.
  public subscript(places: Range<Int>) -> NodePairs {
    NodePairs(sources: Array(sources[places]), targets: Array(targets[places]))
  }

  /// Both nodes of each pair.
  ///
  /// **Shape** `[2, count]`, `int64`
  public func tensor(on device: Device) -> Tensor {
    Tensor((sources + targets).map(Int.init), shape: [2, count]).to(device)
  }

  /// Adds a pair.
  mutating func append(_ source: Int, _ target: Int) {
    sources.append(Int32(source))
    targets.append(Int32(target))
  }
}
