import Foundation

/// A program on the search path of an environment.
package struct CommandLineTool {
  private let name: String
  private let executable: URL
  private let environment: [String: String]

  /// The program called `name` in the first folder of `PATH` that has it.
  /// - Throws: ``SourceFailure`` if it is not installed.
  package init(_ name: String, environment: [String: String]) throws {
    let candidates = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw SourceFailure(reason: "\(name) is not installed")
    }
    self.name = name
    self.environment = environment
    executable = URL(fileURLWithPath: path)
  }

  /// Runs the program in `folder` and waits, calling `whileRunning` ten times a second, which may end it by an error.
  /// - Throws: ``SourceFailure`` with the exit status and the last line it printed, unless the status is 0; what
  ///   `whileRunning` throws.
  package func run(_ arguments: [String], in folder: URL, whileRunning: () throws -> Void = {}) throws {
    let log = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-\(UUID().uuidString).log")
    defer { try? FileManager.default.removeItem(at: log) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    do {
      try Data().write(to: log)
      let output = try FileHandle(forWritingTo: log)
      process.standardOutput = output
      process.standardError = output
      try process.run()
    } catch {
      throw SourceFailure(reason: "\(name) does not start: \(error.localizedDescription)")
    }
    while process.isRunning {
      do {
        try whileRunning()
      } catch {
        process.terminate()
        process.waitUntilExit()
        throw error
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
    guard process.terminationStatus == 0 else {
      let printed = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      let reason = printed.split(whereSeparator: \.isNewline).last.map(String.init) ?? "no message"
      throw SourceFailure(
        reason: "\(name) exits with \(process.terminationStatus): \(reason)",
        status: process.terminationStatus, printed: printed)
    }
  }
}
