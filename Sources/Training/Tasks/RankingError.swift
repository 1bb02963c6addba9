/// Rows of which no ranking can be measured.
public enum RankingError: Error, Equatable, CustomStringConvertible, Sendable {
  /// Scores and labels do not belong together.
  case counts(scores: Int, labels: Int)
  /// Only one class is there.
  case oneClass(positives: Int, negatives: Int)

  /// What is wrong.
  public var description: String {
    switch self {
    case .counts(let scores, let labels): "there are \(scores) scores and \(labels) labels"
    case .oneClass(let positives, let negatives):
      "a ranking needs rows of both classes, not \(positives) positive and \(negatives) negative ones"
    }
  }
}
