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

  /// `ExitCode.data` for rows with a number that is not finite, else `ExitCode.usage`.
  public var exitCode: Int32 {
    switch self {
    case .notFinite: ExitCode.data
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
    }
  }
}
