import Basics
import Foundation
import Testing

@Suite("Statistics") struct StatisticsTests {
  @Test("The mean and the deviation of a sample are computed by hand") func statistics() {
    let statistics = Statistics([1, 2, 4])
    #expect(abs(statistics.mean - 7.0 / 3) < 1e-15)
    #expect(abs(statistics.std - (7.0 / 3).squareRoot()) < 1e-15)
    #expect(statistics.values == [1, 2, 4])
    #expect(Statistics([5]).std == 0 && Statistics([5]).mean == 5)
    #expect(Statistics([0.8, 0.8, 0.8]).std < 1e-15)
  }

  @Test("The median is the middle, or the mean of the two in the middle") func timing() {
    #expect(Timing([3, 1, 2]) == Timing([2, 3, 1]))
    #expect(Timing([3, 1, 2]).median == 2 && Timing([3, 1, 2]).min == 1 && Timing([3, 1, 2]).max == 3)
    #expect(Timing([4, 1, 2, 3]).median == 2.5)
    #expect(Timing([7]).median == 7)
  }

  @Test("Both are written by the names of their properties") func json() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let statistics = String(decoding: try encoder.encode(Statistics([1, 3])), as: UTF8.self)
    #expect(statistics == #"{"mean":2,"std":1.4142135623730951,"values":[1,3]}"#)
    let timing = String(decoding: try encoder.encode(Timing([1, 4])), as: UTF8.self)
    #expect(timing == #"{"max":4,"median":2.5,"min":1}"#)
  }

  @Test("No values have neither") func none() async {
    await #expect(processExitsWith: .failure) { _ = Statistics([]) }
    await #expect(processExitsWith: .failure) { _ = Timing([]) }
    await #expect(processExitsWith: .failure) { _ = quantile(0.5, of: []) }
  }

  @Test(
    "Quantiles are numpy.quantile's",
    arguments: [(0, 1), (0.1, 1.3), (0.25, 1.75), (0.5, 2.5), (0.75, 4.75), (1.0 / 3, 2), (1, 10)]
      as [(share: Double, value: Double)])
  func quantiles(_ expected: (share: Double, value: Double)) {
    #expect(abs(quantile(expected.share, of: [10, 2, 1, 3]) - expected.value) < 1e-14)
  }

  @Test("Quartiles lie between the halves, and of one value are that value") func quartilesOfFew() {
    #expect(quartiles([1, 2, 3, 4, 5]) == [2, 4])
    #expect(quartiles([4, 3]) == [3.25, 3.75])
    #expect(quartiles([7]) == [7, 7])
  }
}
