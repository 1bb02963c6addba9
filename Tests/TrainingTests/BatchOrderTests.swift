import Testing
import Torch
import Training

@Suite("The order of batches") struct BatchOrderTests {
  private func epoch(_ order: BatchOrder, _ epoch: Int) -> [[Int]] {
    (0..<order.stepsPerEpoch).map { order.indices(epoch * order.stepsPerEpoch + $0).scalars(Int.self) }
  }

  @Test(
    "An epoch visits every sample once, in batches of which the last may be short",
    arguments: [1, 7, 8, 20, 21, .max])
  func permutation(_ size: Int) {
    let batches = epoch(BatchOrder(count: 20, batchSize: size, seed: 1, device: .cpu), 0)
    #expect(batches.flatMap(\.self).sorted() == Array(0..<20))
    #expect(batches.dropLast().allSatisfy { $0.count == size })
    #expect((1...min(size, 20)).contains(batches[batches.count - 1].count))
  }

  @Test("A last sample by itself joins the batch before") func joined() {
    let order = BatchOrder(count: 21, batchSize: 5, seed: 1, device: .cpu)
    #expect(order.stepsPerEpoch == 4)
    for epoch in 0..<2 {
      let batches = self.epoch(order, epoch)
      #expect(batches.map(\.count) == [5, 5, 5, 6] && Set(batches.joined()) == Set(0..<21))
    }
    #expect(BatchOrder(count: 1, batchSize: 5, seed: 1, device: .cpu).stepsPerEpoch == 1)
    #expect(epoch(BatchOrder(count: 3, batchSize: 1, seed: 1, device: .cpu), 0).map(\.count) == [1, 1, 1])
  }

  @Test("Seed and epoch give the order, whatever was asked for before") func determinism() {
    func order(_ seed: UInt64) -> BatchOrder { BatchOrder(count: 50, batchSize: 8, seed: seed, device: .cpu) }
    let first = order(1)
    let (zero, three) = (epoch(first, 0), epoch(first, 3))
    #expect(epoch(order(1), 3) == three)
    #expect(epoch(first, 0) == zero)
    #expect(zero != three)
    #expect(epoch(order(2), 0) != zero)
    #expect(zero.flatMap(\.self) != Array(0..<50))
  }
}
