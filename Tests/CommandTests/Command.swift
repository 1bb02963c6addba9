import Foundation
import TestSupport
import Testing

/// A finished run of `dfa`, or of another executable.
struct Command {
  let program: String
  let status: Int32
  let output: String
  let errors: String

  /// Runs `dfa` with arguments.
  /// - Parameters:
  ///   - program: An executable that is built beside the tests.
  ///   - environment: Variables that override this process's; nil takes one away.
  ///   - shell: A line of `sh` that runs the command as `"$@"`.
  ///   - killing: Seconds after which the command gets a signal; nil lets it end.
  ///   - signal: The signal.
  ///   - isReady: What must hold before those seconds begin, soon.
  init(
    _ arguments: [String], of program: String = "dfa", environment: [String: String?] = [:],
    shell: String? = nil, killing: Double? = nil, signal: Int32 = SIGKILL,
    when isReady: () -> Bool = { true }
  ) throws {
    self.program = program
    let scratch = try TemporaryFolder()
    let process = Process()
    let (output, errors) = (
      try scratch.file("output", holding: ""), try scratch.file("errors", holding: "")
    )
    let binary = Command.binary(program)
    process.executableURL = shell == nil ? binary : URL(fileURLWithPath: "/bin/sh")
    process.arguments = (shell.map { ["-c", $0, "sh", binary.path] } ?? []) + arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(["COLUMNS": "100", "OMP_NUM_THREADS": "1", "SWIFT_BACKTRACE": "enable=no"]) { $1 }
      .filter { environment[$0.key] == nil }
      .merging(environment.compactMapValues(\.self)) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    if let killing {
      for _ in 0..<6_000 where process.isRunning && !isReady() { Thread.sleep(forTimeInterval: 0.01) }
      Thread.sleep(forTimeInterval: killing)
      kill(process.processIdentifier, signal)
    }
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    self.output = try String(contentsOf: output, encoding: .utf8)
    self.errors = try String(contentsOf: errors, encoding: .utf8)
  }

  /// The lines on standard error that are the command's last words, not progress.
  var complaints: [String] {
    errors.split(separator: "\n").map(String.init).filter {
      $0.hasPrefix("\(program): ") || $0.hasPrefix("Error: ")
    }
  }

  /// How many runs were trained to their end, by the lines of progress.
  var trainedRuns: Int { errors.components(separatedBy: " steps in ").count - 1 }

  /// The object on standard output; fails when there is anything else, or another status.
  func object(
    status expected: Int32 = 0, _ location: SourceLocation = #_sourceLocation
  ) throws -> [String: Any] {
    #expect(status == expected, "\(errors)", sourceLocation: location)
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

  /// An executable, which is built beside the tests.
  private static func binary(_ name: String) -> URL {
    let places = [CommandLine.arguments[0], Bundle.main.bundlePath] + Bundle.allBundles.map(\.bundlePath)
    let folders = places.map {
      URL(fileURLWithPath: $0).resolvingSymlinksInPath().deletingLastPathComponent()
    }
    let binaries = folders.map { $0.appendingPathComponent(name) }
    return binaries.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? binaries[0]
  }
}

/// Variables that hide the data sets of this machine.
let withoutData: [String: String?] = ["DFA_DATA": nil, "XDG_CACHE_HOME": "/nonexistent"]
