import Basics

/// Rows of which no ranking can be measured.
public enum RankingError: ReportableError, Equatable {
  /// Scores and labels do not belong together.
  case counts(scores: Int, labels: Int)
  /// All rows have one score, so that nothing is ranked.
  case constant(score: Double, rows: Int)
  /// Only one class is there.
  case oneClass(positives: Int, negatives: Int)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong.
  public var description: String {
    switch self {
    case .counts(let scores, let labels): "there are \(scores) scores and \(labels) labels"
    case .constant(let score, let rows):
      "all \(rows) rows have the score \(score), so that nothing is ranked: the network does not look at them"
    case .oneClass(let positives, let negatives):
      "a ranking needs rows of both classes, not \(positives) positive and \(negatives) negative ones"
    }
  }
}
