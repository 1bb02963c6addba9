// Written by Tests/Golden/generate_ranking.py; do not edit.

/// Scores and labels with what scikit-learn 1.9.1 computes of them (`roc_auc_score`,
/// `average_precision_score`).
struct RankingGolden: Sendable {
  let scores: [Float]
  let labels: [Int]
  let areaUnderCurve: Double
  let averagePrecision: Double

  static let all = [
    RankingGolden(
      scores: [0.761, 0.122, 0.444, 0.334, 1.994, -0.205, 0.813, -0.854, -2.553, 1.154, 0.864, -0.742],
      labels: [0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0],
      areaUnderCurve: 0.9629629629629629,
      averagePrecision: 0.9166666666666665),
    RankingGolden(
      scores: [-0.0, 0.0, -0.0, -1.0, -0.0, 0.0, 0.0, 0.0, -0.0, 0.0, -1.0, 0.0, -1.0, -2.0, 1.0, 0.0, -1.0, 1.0, -1.0, 1.0, 1.0, 1.0, 2.0, -1.0, 0.0, -0.0, -0.0, -0.0, 0.0, 1.0],
      labels: [1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1],
      areaUnderCurve: 0.7199074074074073,
      averagePrecision: 0.7490897408438638),
    RankingGolden(
      scores: [-0.9, 2.4, -0.3, 0.8, 0.9, -0.2, 0.6, 0.9, 0.4, -1.1, 0.3, 1.3, -0.7, -0.1, -0.4, 1.8, 0.7, 0.4, -0.8, 0.5, -0.7, 0.0, -0.6, 0.7, 0.6, -0.2, 0.4, -1.1, -1.0, 0.4, 0.2, 0.6, 2.4, 0.9, -0.4, 1.1, -1.3, -0.5, -0.1, 1.7],
      labels: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0],
      areaUnderCurve: 0.4414414414414414,
      averagePrecision: 0.2159159159159159),
    RankingGolden(
      scores: [-0.1, -1.7, 1.1, -1.1, -0.6, 0.6, -0.2, 2.0, -0.8, 0.8, 0.5, -0.7, 1.0, 0.3, 0.8, 1.3, 2.7, 1.8, 0.1, 0.3, 1.6, 1.2, 1.1, -1.1, 0.5, -0.2, 0.8, 0.4, 1.4, 0.3, 1.3, 0.0, -0.9, 0.1, 0.5, 0.9, 2.8, 0.5, -0.5, 0.2],
      labels: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1],
      areaUnderCurve: 0.6306306306306306,
      averagePrecision: 0.9588880857947792),
  ]
}
