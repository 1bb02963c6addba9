import Basics

/// What can go wrong between a data file and the numbers in it.
///
/// Every description is one line that names the operands and says what to do.
public enum DataError: ReportableError, Equatable {
  /// The catalogue has no data set of this name; `nearest` is the closest one it has.
  case unknownDataset(name: String, nearest: String?)
  /// The data set has no file of this name; `nearest` is the closest one it has.
  case unknownFile(dataset: String, file: String, nearest: String?)
  /// A file is in none of the folders in `searched`.
  case missing(dataset: String, file: String, searched: [String])
  /// A file is shorter than the catalogue says.
  case truncated(dataset: String, file: String, bytes: Int, expected: Int)
  /// A file is longer than the catalogue says.
  case oversized(dataset: String, path: String, bytes: Int, expected: Int)
  /// A file has the right length and other content; both SHA-256 digests are in hexadecimal.
  case checksumMismatch(dataset: String, path: String, expected: String, actual: String)
  /// The content is not what the format allows; `offset` is where in the file, in bytes, when that is known.
  case malformed(path: String, offset: Int?, reason: String)
  /// An image is of a kind that is not read.
  case unsupported(path: String, reason: String)
  /// A folder of images is not laid out as it should be.
  case folder(path: String, reason: String)
  /// A file or folder of one's own does not hold what it should; `remedy` is what to do.
  case unusable(path: String, reason: String, remedy: String)
  /// The operating system would not give us the file.
  case file(FileError)
  /// The operating system would not let us write there, or the disk is full.
  case notWritable(path: String, reason: String)
  /// No source had the data set: one line for each source tried, and the files that are to be in a folder.
  case fetchFailed(dataset: String, attempts: [String], files: [String], folder: String)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// The operands and the remedy, on one line.
  public var description: String {
    switch self {
    case .unknownDataset(let name, let nearest):
      "there is no data set \"\(name)\"; \(Self.suggestion(nearest, else: "\"dfa data list\" names them"))"
    case .unknownFile(let dataset, let file, let nearest):
      "\(dataset) has no file \"\(file)\"; \(Self.suggestion(nearest, else: "\"dfa data list\" names them"))"
    case .missing(let dataset, let file, let searched):
      "\(dataset): \(file) is not in \(searched.joined(separator: ", ")); run \"dfa data fetch \(dataset)\""
    case .truncated(let dataset, let file, let bytes, let expected):
      "\(dataset): \(file) ends after \(bytes) of \(expected) bytes; run \"dfa data fetch \(dataset)\" again"
    case .oversized(let dataset, let path, let bytes, let expected):
      "\(dataset): \(path) has \(bytes) bytes, expected \(expected); \(Self.replacement(of: dataset))"
    case .checksumMismatch(let dataset, let path, let expected, let actual):
      "\(dataset): \(path) has SHA-256 \(actual), expected \(expected); \(Self.replacement(of: dataset))"
    case .malformed(let path, let offset, let reason):
      "\(path): \(offset.map { "byte \($0): " } ?? "")\(reason); replace it with the original file"
    case .unsupported(let path, let reason):
      "\(path): \(reason); convert it, or leave such images out with skipsDamaged=true"
    case .folder(let path, let reason):
      "\(path) \(reason); give a folder with a folder of JPEG or PNG images for each of two or more classes"
    case .unusable(let path, let reason, let remedy): "\(path): \(reason); \(remedy)"
    case .file(let error): error.description
    case .notWritable(let path, let reason):
      "cannot write \(path): \(reason); free some space or choose another folder with --data"
    case .fetchFailed(let dataset, let attempts, let files, let folder):
      "\(dataset): no source worked (\(attempts.joined(separator: "; "))); "
        + "try again, or put its files into \(folder) by hand: \(files.joined(separator: ", "))"
    }
  }

  private static func suggestion(_ nearest: String?, else other: String) -> String {
    nearest.map { "did you mean \"\($0)\"?" } ?? other
  }

  private static func replacement(of dataset: String) -> String {
    "delete it and run \"dfa data fetch \(dataset)\""
  }
}
