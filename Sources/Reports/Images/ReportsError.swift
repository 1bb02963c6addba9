import Basics

/// What can go wrong while a report is written, apart from its files.
public enum ReportsError: ReportableError, Equatable {
  /// A picture cannot be put into a file's form.
  case image(reason: String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// The reason.
  public var description: String {
    switch self {
    case .image(let reason): "a picture cannot be written as PNG: \(reason)"
    }
  }
}
