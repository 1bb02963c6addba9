import Basics
import Foundation
import Reports

/// Results go to standard output, everything else to standard error.
enum Console {
  /// Prints a line; ends the command when standard output takes none, such as on a full disk. Where its reader has gone away
  /// nobody wants the line, and what goes into files is still written.
  static func print(_ text: String) { _ = stream(text) }

  /// Prints a line as ``print(_:)`` does.
  /// - Returns: Whether somebody reads: of an endless stream no more need be made where nobody does.
  static func stream(_ text: String) -> Bool { write(Array((text + "\n").utf8)) }

  /// Writes bytes as ``print(_:)`` writes lines.
  /// - Returns: Whether somebody reads.
  @discardableResult
  static func write(_ bytes: [UInt8]) -> Bool {
    let code = write(Data(bytes), to: STDOUT_FILENO)
    guard code != 0, code != EPIPE else { return code == 0 }
    Failure.report(FileError.system(action: "write", path: "standard output", code: code))
  }

  /// Prints a line on standard error, if it takes one.
  static func error(_ text: String) { _ = write(Data((text + "\n").utf8), to: STDERR_FILENO) }

  /// The characters of a line on the terminal, as far as the environment says.
  static var width: Int { ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 100 }

  /// Prints one JSON object with sorted keys.
  static func json(_ value: some Encodable) throws { print(try readableJSON(value)) }

  /// - Returns: 0, or the system's number of what went wrong.
  private static func write(_ data: Data, to descriptor: Int32) -> Int32 {
    var rest = data
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
    }
    return 0
  }
}
