import Basics
import Foundation
import Testing

@Suite struct PairedDifferenceTests {
  /// Pairs whose differences have a given t: 1 and -1 around a mean, in equal numbers, so that std² = n / (n - 1).
  private func pairs(t: Double, count n: Int) -> ([Double], [Double]) {
    let mean = t / Double(n - 1).squareRoot()
    return ((0..<n).map { mean + ($0 % 2 == 0 ? 1 : -1) }, [Double](repeating: 0, count: n))
  }

  // The two-sided 5 % points of Student's t, as tables print them.
  @Test(arguments: [(2, 12.706), (4, 3.182), (6, 2.571), (10, 2.262), (20, 2.093), (100, 1.984)])
  func agreesWithTablesOfT(count: Int, t: Double) throws {
    let (first, second) = pairs(t: t, count: count)
    let found = try #require(PairedDifference(first, second))
    #expect(abs(found.probability - 0.05) < 2e-4)
  }

  @Test func agreesWithTablesForEvenDegreesToo() throws {
    // Differences 1, 2 and 3: t = 2 / (1 / √3) = 3.4641 of two degrees of freedom, p = 1 - t / √(t² + 2).
    let found = try #require(PairedDifference([1, 2, 3], [0, 0, 0]))
    let t = 2 * 3.0.squareRoot()
    #expect(found.mean == 2 && abs(found.probability - (1 - t / (t * t + 2).squareRoot())) < 1e-12)
    // 1 to 5: t = 3 / (√2.5 / √5), 4 degrees, p = 0.0132... by the closed form for four.
    let four = try #require(PairedDifference([1, 2, 3, 4, 5], [0, 0, 0, 0, 0]))
    let x = 3 / (0.5).squareRoot()
    let sine = x / (x * x + 4).squareRoot()
    #expect(abs(four.probability - (1 - sine * (1 + (1 - sine * sine) / 2))) < 1e-12)
  }

  @Test func comparesPairByPair() throws {
    // The pairs differ much more from each other than the two of a pair.
    let found = try #require(PairedDifference([10, 20, 30, 40], [9.1, 18.9, 29.2, 38.8]))
    #expect(abs(found.mean - 1) < 1e-12 && found.probability < 0.01)
    let other = try #require(PairedDifference([9.1, 18.9, 29.2, 38.8], [10, 20, 30, 40]))
    #expect(abs(other.mean + 1) < 1e-12 && other.probability == found.probability)
  }

  @Test func knowsEqualDifferences() throws {
    #expect(try #require(PairedDifference([1, 2], [1, 2])).probability == 1)
    #expect(try #require(PairedDifference([2, 3], [1, 2])).probability == 0)
  }

  @Test func isNothingOfTooFewPairs() {
    #expect(PairedDifference([1], [2]) == nil && PairedDifference([], []) == nil)
    #expect(PairedDifference([1, 2, 3], [1, 2]) == nil)
    #expect(PairedDifference([1, .nan], [1, 2]) == nil)
  }
}
