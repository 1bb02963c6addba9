import Foundation
import Testing

@Suite("What --help says") struct HelpTests {
  static let commands = [
    "", "train", "compare", "search", "reproduce", "align", "evaluate", "report", "tsne", "filters", "bench",
    "bench step", "bench epoch", "bench graph", "bench loading", "bench memory", "bench profile",
    "bench endurance",
    "bench projection", "list", "data", "data list", "data fetch",
    "data verify", "data path",
    "doctor", "demo",
  ]

  /// The texts, recorded anew when `DFA_RECORD` is set.
  private static let snapshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots")

  @Test("Every command's help is as recorded; DFA_RECORD=1 records it anew", arguments: commands)
  func snapshot(_ command: String) throws {
    let help = try Command(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    // The names of methods are the registry's, and change no snapshot.
    let text = help.output.replacing(
      /How to train: [^.]*\.\s+\(default: dfa\)/, with: "How to train: METHODS (default: dfa)")
    let name = (["dfa"] + command.split(separator: " ")).joined(separator: "-") + ".txt"
    let file = Self.snapshots.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["DFA_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.snapshots, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let recorded = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == recorded)
    #expect(text.contains("EXAMPLES"))
  }

  @Test("No command is without a snapshot") func complete() throws {
    let dump = try Command(["--experimental-dump-help"]).object()
    func names(_ command: Any?, _ path: [String]) -> [String] {
      let parts = (command as? [String: Any])?["subcommands"] as? [[String: Any]] ?? []
      return [path.joined(separator: " ")]
        + parts.flatMap { part in names(part, path + [part["commandName"] as? String ?? ""]) }
    }
    let found = names(dump["command"], []).filter { !$0.split(separator: " ").contains("help") }
    #expect(found.sorted() == Self.commands.sorted())
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.snapshots.path)
    #expect(files.count == Self.commands.count)
  }

  @Test("The version is the package's") func version() throws {
    #expect(try Command(["--version"]).output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
