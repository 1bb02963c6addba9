import Basics

/// Rows that cannot be embedded, or settings that do not fit them.
public enum EmbeddingError: ReportableError, Equatable {
  /// There are fewer rows than an embedding needs.
  case tooFewRows(count: Int, needed: Int)
  /// The row of this number, from 0, holds a number that is not finite.
  case notFinite(row: Int)
  /// The perplexity is less than 1, or needs more neighbours than there are other rows.
  case perplexity(Double, count: Int)
  /// A setting is out of its range.
  case setting(name: String, value: Double, range: String)
  /// The points have gone too far away in this iteration, from 1.
  case diverged(iteration: Int)

  /// `ExitCode.data` for rows with a number that is not finite, `ExitCode.failure` for points that went away, else
  /// `ExitCode.usage`.
  public var exitCode: Int32 {
    switch self {
    case .notFinite: ExitCode.data
    case .diverged: ExitCode.failure
    case .tooFewRows, .perplexity, .setting: ExitCode.usage
    }
  }

  /// One line with the numbers and what to change.
  public var description: String {
    switch self {
    case .tooFewRows(let count, let needed):
      return "\(count) \(count == 1 ? "row" : "rows") cannot be embedded; at least \(needed) are needed"
    case .notFinite(let row):
      return "row \(row) holds a number that is not finite; leave it out, or look for where it came from"
    case .perplexity(let perplexity, let count):
      return "a perplexity of \(NumberFormat.general(perplexity)) does not fit \(count) rows; "
        + "choose one from 1 to \((count - 1) / 3), a third of the other rows"
    case .setting(let name, let value, let range):
      return "the \(name) must be \(range), not \(NumberFormat.general(value))"
    case .diverged(let iteration):
      return "the points went beyond all bounds in iteration \(iteration); choose a lower --learning-rate"
    }
  }
}
