import Basics

/// What can go wrong while a report is written, apart from its files.
public enum ReportsError: ReportableError, Equatable {
  /// A picture cannot be put into a file's form.
  case image(reason: String)
  /// A film cannot be written; `remedy` is what to do.
  case film(path: String, reason: String, remedy: String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// The reason, and what to do where that is known.
  public var description: String {
    switch self {
    case .image(let reason): "a picture cannot be written as PNG: \(reason)"
    case .film(let path, let reason, let remedy): "\(path): \(reason); \(remedy)"
    }
  }
}
