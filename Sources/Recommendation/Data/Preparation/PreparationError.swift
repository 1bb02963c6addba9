import Basics
import Reports

/// Why raw rows cannot be prepared, or prepared ones not be read.
public enum PreparationError: ReportableError, Equatable {
  /// A schema that means nothing.
  case schema(source: String, reason: String)
  /// A file that is not text, such as a compressed one.
  case notText(path: String, kind: String, remedy: String)
  /// The header of a file does not name the columns.
  case header(path: String, reason: String)
  /// A file has no rows.
  case noRows(path: String)
  /// A part of the rows is empty, or has labels of one kind only where both are needed.
  case emptyPart(name: String, part: String, reason: String)
  /// More lines of a file have faults than may: `share` of all its lines at least, where `allowed` is the most. Reading
  /// ends as soon as that is known.
  case tooManyFaults(path: String, lines: Int, faults: [String], share: Double, allowed: Double)
  /// The vocabulary does not fit into the memory that may be used.
  case vocabularyTooLarge(values: Int, bytes: Int, allowed: Int)
  /// The folder holds rows that were prepared otherwise.
  case differs(folder: String)
  /// There are no prepared rows in the folder, or they are not finished.
  case notPrepared(folder: String)
  /// A file changed while it was read.
  case changed(path: String)
  /// A prepared file is not what it should be.
  case damaged(path: String, reason: String)
  /// A choice that means nothing, such as shares above 1.
  case setting(name: String, reason: String)

  /// `ExitCode.usage` for what was asked, `ExitCode.data` for what the files hold.
  public var exitCode: Int32 {
    switch self {
    case .schema, .differs, .setting, .vocabularyTooLarge: ExitCode.usage
    default: ExitCode.data
    }
  }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .schema(let source, let reason): "\(source): \(reason)"
    case .notText(let path, let kind, let remedy): "\(path): is \(kind), not text; \(remedy)"
    case .header(let path, let reason):
      "\(path): the header \(reason); change the schema, or the file's first line"
    case .noRows(let path): "\(path): has no rows; give a file with at least one"
    case .emptyPart(let name, let part, let reason):
      "\(name): the \(part) rows are \(reason); give more rows, or other shares (--split)"
    case .tooManyFaults(let path, let lines, let faults, let share, let allowed):
      "\(path): \(percent(share)) of \(lines) lines give no row (\(faults.joined(separator: "; "))), and \(percent(allowed)) "
        + "may; check that the file is what the schema says, or allow more with --malformed-limit"
    case .vocabularyTooLarge(let values, let bytes, let allowed):
      "\(values) values need \(bytes >> 20) MiB, and \(allowed >> 20) MiB may be used; raise --minimum-count or --memory"
    case .differs(let folder):
      "\(folder): holds rows that were prepared from other files or with other settings; choose another --output, or delete it"
    case .notPrepared(let folder): "\(folder): holds no prepared rows; run \"dfa data prepare\""
    case .changed(let path): "\(path): changed while it was read; prepare it again"
    case .damaged(let path, let reason): "\(path): \(reason); delete its folder and prepare the rows again"
    case .setting(let name, let reason): "\(name): \(reason)"
    }
  }

  private func percent(_ share: Double) -> String { "\(NumberFormat.general(share * 100)) %" }
}
