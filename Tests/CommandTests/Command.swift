import Foundation
import TestSupport
import Testing

/// A finished run of the `dfa` command.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  /// Runs `dfa` with arguments.
  /// - Parameters:
  ///   - environment: Variables that override this process's; nil takes one away.
  ///   - shell: A line of `sh` that runs the command as `"$@"`.
  ///   - killing: Seconds after which the command is killed; nil lets it end.
  init(
    _ arguments: [String], environment: [String: String?] = [:], shell: String? = nil, killing: Double? = nil
  ) throws {
    let scratch = try TemporaryFolder()
    let process = Process()
    let (output, errors) = (
      try scratch.file("output", holding: ""), try scratch.file("errors", holding: "")
    )
    process.executableURL = shell == nil ? Command.binary : URL(fileURLWithPath: "/bin/sh")
    process.arguments = (shell.map { ["-c", $0, "sh", Command.binary.path] } ?? []) + arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["COLUMNS": "100", "OMP_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
      .filter { environment[$0.key] == nil }
      .merging(environment.compactMapValues(\.self)) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    if let killing {
      Thread.sleep(forTimeInterval: killing)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    self.output = try String(contentsOf: output, encoding: .utf8)
    self.errors = try String(contentsOf: errors, encoding: .utf8)
  }

  /// The lines on standard error that are the command's last words, not progress.
  var complaints: [String] {
    errors.split(separator: "\n").map(String.init).filter { $0.hasPrefix("dfa: ") || $0.hasPrefix("Error: ") }
  }

  /// The object on standard output; fails when there is anything else.
  func object(_ location: SourceLocation = #_sourceLocation) throws -> [String: Any] {
    #expect(status == 0, "\(errors)", sourceLocation: location)
    let object = try? JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(object as? [String: Any], "\(output)", sourceLocation: location)
  }

  /// Expects that the command ended with a status and one line that says something, without a result or a trace.
  func expectFailure(
    _ status: Int32, _ words: String..., location: SourceLocation = #_sourceLocation
  ) {
    #expect(self.status == status, "\(errors)", sourceLocation: location)
    #expect(output.isEmpty, sourceLocation: location)
    #expect(complaints.count == 1, "\(errors)", sourceLocation: location)
    for trace in ["Fatal error", "Backtrac", "crashed", "Illegal instruction"] {
      #expect(!errors.contains(trace), "\(errors)", sourceLocation: location)
    }
    for word in words { #expect(errors.contains(word), sourceLocation: location) }
  }

  /// The command, which is built beside the tests.
  static let binary: URL = {
    let places = [CommandLine.arguments[0], Bundle.main.bundlePath] + Bundle.allBundles.map(\.bundlePath)
    let folders = places.map {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent()
    }
    let binaries = folders.map { $0.appendingPathComponent("dfa") }
    return binaries.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? binaries[0]
  }()
}

/// Variables that hide the data sets of this machine.
let withoutData: [String: String?] = ["DFA_DATA": nil, "XDG_CACHE_HOME": "/nonexistent"]
