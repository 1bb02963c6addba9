import Testing
import TestSupport

import Torch

@Suite("Threads of kernels") struct KernelThreadsTests {
  /// In a process of its own, because the number is that of all tests.
  @Test("Kernels run on as many threads as LibTorch's operations, and give the same bits on each number")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let generator = RandomGenerator(seed: 1)
      let numbers = (generator.uniform([20_000], dtype: .float64) * 3_000).floor().to(.int64)
      let values = generator.normal([20_000, 10])
      let points = generator.normal([5_000, 3])
      // Three edges to each node, and from each.
      let nodes = 4_000
      let starts = (0...nodes).map { Int32(3 * $0) }
      let sources = (0..<3 * nodes).map { $0 * 7 % nodes }
      let bySource = sources.indices.sorted { (sources[$0], $0) < (sources[$1], $1) }
      let edges = EdgeIndex(
        targetStarts: starts, sources: sources.map(Int32.init), sourceStarts: starts,
        targets: bySource.map { Int32($0 / 3) }, device: .cpu)
      let (weights, vectors) = (generator.normal([3 * nodes, 2, 4]), generator.normal([nodes, 2, 4, 5]))
      let found = [1, 2, 3].map { threads in
        LibTorch.threadCount = threads
        precondition(LibTorch.kernelThreadCount == threads, "\(LibTorch.kernelThreadCount) of \(threads)")
        let sums = SparseRows(adding: values, at: numbers, rowCount: 3_000)
        return [
          sums.indices, sums.values, points.positionalEncoding(octaves: 6), edges.sum(weights, vectors),
        ]
      }
      for other in found.dropFirst() {
        precondition(zip(other, found[0]).allSatisfy { $0.equals($1) })
      }
    }
  }
}
