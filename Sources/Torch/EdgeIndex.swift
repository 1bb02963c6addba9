import CTorch

/// The E edges of a graph of N nodes, sorted by their targets and by their sources, and the two operations that
/// attention along edges needs. Neither makes a tensor of E rows of features, forward or backward.
public struct EdgeIndex: Sendable {
  private let targetStarts, sources, sourceStarts, targets, numbers: Tensor

  /// An index; edges are numbered by their target.
  /// - Parameters:
  ///   - targetStarts: Where the edges of each target begin, and at last E.
  ///   - sources: The source of each edge.
  ///   - sourceStarts: Where the edges of each source begin, and at last E.
  ///   - targets: The target of each edge, in the order of sources.
  ///   - device: Where the features will lie.
  package init(
    targetStarts: [Int32], sources: [Int32], sourceStarts: [Int32], targets: [Int32], device: Device
  ) {
    var next = sourceStarts
    var numbers = [Int32](repeating: 0, count: sources.count)
    for (number, source) in sources.enumerated() {
      numbers[Int(next[Int(source)])] = Int32(number)
      next[Int(source)] += 1
    }
    self.targetStarts = Tensor(targetStarts).to(device)
    self.sources = Tensor(sources).to(device)
    self.sourceStarts = Tensor(sourceStarts).to(device)
    self.targets = Tensor(targets).to(device)
    self.numbers = Tensor(numbers).to(device)
  }

  /// The dot product of each edge's target with each of the L vectors of its source, for each of H heads:
  /// `z[e, l, h] = Σ_c x[target, h, c] y[source, l, h, c]`.
  ///
  /// **Shape** x `[N, H, C]` and y `[N, L, H, C]` to `[E, L, H]`
  public func dot(_ x: Tensor, _ y: Tensor) -> Tensor {
    withExtendedLifetime(self) { x.call(with: y) { ctorch_edge_dot(handles, $0, $1) } }
  }

  /// The weighted sum of the vectors of each target's sources, for each of H heads:
  /// `z[i, h, c] = Σ_{e to i} Σ_l w[e, l, h] y[source, l, h, c]`; zero where no edge leads.
  ///
  /// **Shape** w `[E, L, H]` and y `[N, L, H, C]` to `[N, H, C]`
  public func sum(_ w: Tensor, _ y: Tensor) -> Tensor {
    withExtendedLifetime(self) { w.call(with: y) { ctorch_edge_sum(handles, $0, $1) } }
  }

  private var handles: CTorchEdges {
    CTorchEdges(
      target_starts: targetStarts.handle, sources: sources.handle, source_starts: sourceStarts.handle,
      targets: targets.handle, numbers: numbers.handle)
  }
}
