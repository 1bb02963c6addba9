import Basics
import Foundation
import Reports

/// Results go to standard output, everything else to standard error.
enum Console {
  /// Prints a line; ends the command when standard output takes none, such as on a full disk.
  static func print(_ text: String) {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      let code = ((error as? CocoaError)?.underlying as? POSIXError)?.code ?? .EIO
      Failure.report(FileError.system(action: "write", path: "standard output", code: code.rawValue))
    }
  }

  /// Prints a line on standard error, if it takes one.
  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  /// Prints one JSON object with sorted keys.
  static func json(_ value: some Encodable) throws { print(try readableJSON(value)) }
}
