import ArgumentParser
import Foundation

/// Where results are written: a path that is not empty, as that of a variable of a shell that is not set is.
struct OutputPath: ExpressibleByArgument {
  /// The path as it was given.
  let path: String

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    path = argument
  }

  /// A path that is known not to be empty.
  init(_ path: String) { self.path = path }

  var defaultValueDescription: String { path }

  /// The file or folder.
  var url: URL { URL(fileURLWithPath: path) }
}
