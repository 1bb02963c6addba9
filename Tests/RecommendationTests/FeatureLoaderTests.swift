import Foundation
import Recommendation
import TestSupport
import Testing
import Torch
import Training

@Suite("Batches of prepared rows") struct FeatureLoaderTests {
  private let scratch: TemporaryFolder
  private let data: PreparedData

  init() throws {
    scratch = try TemporaryFolder()
    // Every value of the first field is there once, so that a feature tells the row.
    data = try prepare(
      (0..<103).map { "\($0 % 2),u\($0),c\($0 % 3)\n" }.joined(), pairs, shares: .training, in: scratch)
  }

  private func rows(_ loader: FeatureLoader, _ steps: Range<Int>) throws -> [Int] {
    try steps.flatMap { step in
      try loader.batch(step).features.scalars(Int64.self).enumerated().filter { $0.offset % 2 == 0 }.map {
        Int($0.element)
      }
    }
  }

  @Test("Shapes, types and offsets") func shapes() throws {
    let batch = try data.batch(.training, [7, 7, 102])
    #expect(batch.features.shape == [3, 2] && batch.features.dtype == .int64)
    #expect(batch.labels.shape == [3] && batch.labels.dtype == .float32)
    #expect(batch.labels.scalars(Float.self) == [1, 1, 0])
    let features = batch.features.scalars(Int64.self)
    #expect(Array(features[0..<2]) == Array(features[2..<4]))
    #expect(
      data.fields.map(\.offset) == [0, 104] && data.fields.map(\.size) == [104, 4] && data.tableSize == 108)
    #expect(features.enumerated().allSatisfy { $0.offset % 2 == 0 ? $0.element < 104 : $0.element >= 104 })
    #expect(batch.parts(2).map(\.batch.sampleCount).sorted() == [1, 2])
    #expect(data.count(.training) == 103 && data.count(.test) == 0)
    #expect(throws: PreparationError.self) { try FeatureLoader(data, .test, batchSize: 1, order: .fixed) }
  }

  @Test("An epoch has every row once, in an order of its own that comes back") func shuffled() throws {
    let loader = try FeatureLoader(data, .training, batchSize: 10, order: .shuffled(seed: 5))
    #expect(loader.stepsPerEpoch == 11)
    #expect(try loader.batch(10).sampleCount == 3)
    let epochs = try (0..<3).map { try rows(loader, $0 * 11..<($0 + 1) * 11) }
    for epoch in epochs { #expect(epoch.sorted() == Array(1...103)) }
    #expect(Set(epochs).count == 3)
    let again = try FeatureLoader(data, .training, batchSize: 10, order: .shuffled(seed: 5), ahead: 1)
    // Out of turn, as when a run is resumed.
    #expect(try rows(again, 22..<33) == epochs[2])
    let other = try FeatureLoader(data, .training, batchSize: 10, order: .shuffled(seed: 6))
    #expect(try rows(other, 0..<11) != epochs[0])
  }

  @Test("The fixed order is that of the file, in each epoch") func fixed() throws {
    let loader = try FeatureLoader(data, .training, batchSize: 50, order: .fixed)
    let epoch = try rows(loader, 0..<3)
    #expect(try rows(loader, 3..<6) == epoch)
    let expected = try data.all(.training).features.map { $0[0] }
    #expect(epoch == expected)
  }
}

@Suite("Orders that are computed") struct IndexPermutationTests {
  @Test("Each number comes from just one", arguments: [1, 2, 3, 4, 5, 16, 17, 1_000, 4_097])
  func permutes(_ count: Int) {
    for seed in 0..<3 as Range<UInt64> {
      let order = IndexPermutation(count: count, seed: seed)
      #expect((0..<count).map { order[$0] }.sorted() == Array(0..<count))
    }
  }

  @Test("Every place is as likely for every number") func uniform() {
    // Of 20,000 seeds each of 10 places has 2,000 with a deviation of 42.
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
    for seed in 0..<20_000 as Range<UInt64> {
      let order = IndexPermutation(count: 10, seed: seed)
      for number in 0..<10 { counts[number][order[number]] += 1 }
    }
    let worst = counts.joined().map { abs($0 - 2_000) }.max() ?? 0
    #expect(worst < 5 * 42)
  }

  @Test("Neighbours go to places that know nothing of each other") func uncorrelated() {
    let count = 100_000
    let order = IndexPermutation(count: count, seed: 1)
    let places = (0..<count).map { Double(order[$0]) / Double(count) - 0.5 }
    let product = zip(places, places.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(count) * 12
    // The correlation has a deviation of 1 / sqrt(count) = .003.
    #expect(abs(product) < 0.015)
    #expect(
      places.enumerated().filter { abs(Double($0.offset) / Double(count) - 0.5 - $0.element) < 1e-4 }.count
        < 50)
  }
}
