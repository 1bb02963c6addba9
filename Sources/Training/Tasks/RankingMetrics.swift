import Torch

/// How well scores set positive rows before negative ones.
///
/// Exact, with rows of equal scores taken together, in O(n log n).
public struct RankingMetrics: Equatable, Sendable {
  /// The area under the receiver operating characteristic: the probability that a positive row has a greater score
  /// than a negative one, equal scores counting half (mid-ranks).
  public let areaUnderCurve: Double
  /// `Σ (R_k - R_(k-1)) P_k` over the distinct scores, from the largest down, with precision P and recall R of the
  /// rows whose score is at least the k-th; nothing is interpolated.
  public let averagePrecision: Double

  /// The metrics of scores; both NaN where a score is NaN.
  ///
  /// **Shape** scores `[n]`, of any order-preserving scale such as logits; labels `[n]`, 0 for negative rows,
  /// anything else for positive ones.
  /// - Throws: ``RankingError`` when there are not as many labels as scores, or rows of one class only.
  public init(_ scores: Tensor, labels: Tensor) throws {
    guard scores.count == labels.count else {
      throw RankingError.counts(scores: scores.count, labels: labels.count)
    }
    let scores = scores.detached().reshaped([-1]).to(.float64, .cpu)
    let order = scores.sortIndices(0, descending: true)
    let isPositive = (labels.reshaped([-1]).to(.cpu) .!= 0).gathered(0, order).to(.int64).scalars(Int64.self)
    let positives = isPositive.reduce(into: 0) { $0 += Int($1) }
    let negatives = isPositive.count - positives
    guard positives > 0, negatives > 0 else {
      throw RankingError.oneClass(positives: positives, negatives: negatives)
    }
    let sorted = scores.gathered(0, order).scalars(Double.self)
    // NaN is sorted to one end.
    guard !sorted[0].isNaN, !sorted[sorted.count - 1].isNaN else {
      (areaUnderCurve, averagePrecision) = (.nan, .nan)
      return
    }
    var (seenPositives, seenNegatives) = (0, 0)
    var (twiceOrderedPairs, precision) = (0, 0.0)
    var start = 0
    while start < sorted.count {
      var (end, tiedPositives) = (start, 0)
      while end < sorted.count, sorted[end] == sorted[start] {
        tiedPositives += Int(isPositive[end])
        end += 1
      }
      let tiedNegatives = end - start - tiedPositives
      seenPositives += tiedPositives
      seenNegatives += tiedNegatives
      twiceOrderedPairs += tiedPositives * (2 * (negatives - seenNegatives) + tiedNegatives)
      precision += Double(tiedPositives) * Double(seenPositives) / Double(end)
      start = end
    }
    areaUnderCurve = Double(twiceOrderedPairs) / (2 * Double(positives) * Double(negatives))
    averagePrecision = precision / Double(positives)
  }
}
