import Foundation

/// What of a data set is on this machine, judged by the presence and length of its files.
public enum DatasetState: Equatable, Sendable {
  /// Every file is in this folder with its right length.
  case complete(folder: URL)
  /// This folder has some of the files; `problems` has one error for each file that is missing or of wrong
  /// length.
  case incomplete(folder: URL, problems: [DataError])
  /// None of these folders has any of the files.
  case absent(searched: [URL])
}
