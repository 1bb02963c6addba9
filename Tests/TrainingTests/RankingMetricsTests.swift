import Testing
import Torch
import Training

@Suite("Ranking metrics") struct RankingMetricsTests {
  private func metrics(_ scores: [Double], _ labels: [Int]) throws -> RankingMetrics {
    try RankingMetrics(Tensor(scores, shape: [scores.count]), labels: Tensor(labels))
  }

  @Test("They are scikit-learn's, ties included", arguments: RankingGolden.all) func golden(
    _ golden: RankingGolden
  ) throws {
    let found = try RankingMetrics(Tensor(golden.scores), labels: Tensor(golden.labels))
    #expect(abs(found.areaUnderCurve - golden.areaUnderCurve) < 1e-12)
    #expect(abs(found.averagePrecision - golden.averagePrecision) < 1e-12)
  }

  @Test("A ranking of five rows is computed by hand") func byHand() throws {
    // Of six pairs of a positive and a negative row, the first positive makes two that are in order and the tied
    // one a half.
    let found = try metrics([5, 4, 3, 3, 1], [1, 0, 1, 0, 1])
    #expect(abs(found.areaUnderCurve - 2.5 / 6) < 1e-15)
    // Precision after each positive, ties at once: 1, 2/4, 3/5.
    #expect(abs(found.averagePrecision - (1 + 0.5 + 0.6) / 3) < 1e-15)
  }

  @Test("Rankings that are perfect, reversed or all ties have the values that everybody knows")
  func extremes()
    throws
  {
    let labels = [1, 1, 0, 0, 0]
    #expect(try metrics([5, 4, 3, 2, 1], labels).areaUnderCurve == 1)
    #expect(try metrics([5, 4, 3, 2, 1], labels).averagePrecision == 1)
    #expect(try metrics([1, 2, 3, 4, 5], labels).areaUnderCurve == 0)
    let ties = try metrics([7, 7, 7, 7, 7], labels)
    #expect(ties.areaUnderCurve == 0.5 && ties.averagePrecision == 0.4)
    #expect(try metrics([.infinity, 0, -.infinity, 0, -0.0], labels).areaUnderCurve == 5 / 6)
  }

  @Test("Orders, scales and types of the same ranking give the same") func invariances() throws {
    let generator = RandomGenerator(seed: 3)
    let scores = generator.normal([500])
    let labels = (generator.uniform([500]) .< 0.3).to(.int64)
    let expected = try RankingMetrics(scores, labels: labels)
    let order = generator.permutation(500)
    #expect(
      try RankingMetrics(scores.gathered(0, order), labels: labels.gathered(0, order)) == expected)
    #expect(try RankingMetrics(scores.sigmoid().to(.float64), labels: labels.to(.float32)) == expected)
    #expect(try RankingMetrics(scores.reshaped([50, 10]), labels: labels) == expected)
    let pairs = (scores.unsqueezed(1) - scores.unsqueezed(0)).sign() * 0.5 + 0.5
    let ours = labels.to(.float32)
    let counted = (pairs * ours.unsqueezed(1) * (-ours + 1).unsqueezed(0)).sum().item
    let positives = ours.sum().item
    #expect(abs(expected.areaUnderCurve - counted / (positives * (500 - positives))) < 1e-6)
  }

  @Test("NaN gives NaN wherever it stands") func notANumber() throws {
    for place in 0..<3 {
      var scores = [3.0, 2, 1]
      scores[place] = .nan
      let found = try metrics(scores, [1, 0, 1])
      #expect(found.areaUnderCurve.isNaN && found.averagePrecision.isNaN)
    }
  }

  @Test("Rows of one class, none, and lists of unlike lengths are refused") func refusals() {
    #expect(throws: RankingError.oneClass(positives: 2, negatives: 0)) { try metrics([1, 2], [1, 1]) }
    #expect(throws: RankingError.oneClass(positives: 0, negatives: 1)) { try metrics([1], [0]) }
    #expect(throws: RankingError.oneClass(positives: 0, negatives: 0)) { try metrics([], []) }
    #expect(throws: RankingError.counts(scores: 2, labels: 1)) { try metrics([1, 2], [1]) }
    #expect(
      RankingError.oneClass(positives: 2, negatives: 0).description
        == "a ranking needs rows of both classes, not 2 positive and 0 negative ones")
  }

  @Test("A million rows are ranked as their formula says") func many() throws {
    // Scores 0 ..< n, positive where the score is at least n/2 and odd, or less and even: by symmetry
    // n/4 positives above and n/4 below.
    let count = 1_000_000
    let scores = Tensor.range(0..<count).to(.float64)
    let isOdd = (scores / 2 - (scores / 2).floor()) .> 0
    let isHigh = scores .>= Double(count / 2)
    let labels = isOdd .== isHigh
    let found = try RankingMetrics(scores, labels: labels)
    let half = Double(count / 4)
    // Above the middle a positive (odd) is over its own negative and all below; below, positives (even) are under.
    let within = half * (half + 1) / 2 + half * (half - 1) / 2
    #expect(abs(found.areaUnderCurve - (within + half * half) / (4 * half * half)) < 1e-12)
  }
}
