import Foundation
import Testing

@Suite("What --help says") struct HelpTests {
  static let commands = [
    "", "train", "resume", "compare", "search", "reproduce", "align", "evaluate", "report", "tsne", "filters",
    "generate",
    "render",
    "export", "import", "bench",
    "bench step", "bench epoch", "bench graph", "bench loading", "bench memory", "bench profile",
    "bench endurance",
    "bench projection", "bench prepare", "list", "predict", "data", "data list", "data fetch",
    "data verify", "data path", "data prepare", "data make-scene",
    "doctor", "demo",
  ]

  /// The texts, recorded anew when `DFA_RECORD` is set.
  private static let snapshots = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots")

  private static func fileName(_ command: String) -> String {
    (["dfa"] + command.split(separator: " ")).joined(separator: "-") + ".txt"
  }

  @Test("Every command's help is as recorded; DFA_RECORD=1 records it anew", arguments: commands)
  func snapshot(_ command: String) throws {
    let help = try Command(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(help.status == 0 && help.errors.isEmpty)
    // The names of methods are the registry's, and change no snapshot.
    let text = help.output.replacing(
      /How to train: [^.]*\.\s+\(default: dfa\)/, with: "How to train: METHODS (default: dfa)")
    let file = Self.snapshots.appendingPathComponent(Self.fileName(command))
    if ProcessInfo.processInfo.environment["DFA_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.snapshots, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let recorded = try? String(contentsOf: file, encoding: .utf8)
    #expect(text == recorded)
    #expect(text.contains("EXAMPLES"))
  }

  @Test("Every example in a command's help is a line that the command takes", arguments: commands)
  func examples(_ command: String) throws {
    let file = Self.snapshots.appendingPathComponent(Self.fileName(command))
    let help = try String(contentsOf: file, encoding: .utf8)
    let section = try #require(help.split(separator: "EXAMPLES\n").last?.split(separator: "\n\n").first)
    // Lines that are too long are broken, by the help or for the shell.
    let examples = section.replacing("\\\n", with: "").replacing(/\n(?!  dfa )/, with: " ")
      .split(separator: "\n")
    #expect(examples.first?.hasPrefix("  dfa ") == true)
    for example in examples {
      // The parser tells of an option that is not there only when all else is right.
      let line = "binary=$1; dfa() { \"$binary\" \"$@\"; }; \(example) --nonsense"
      let answer = try Command([], shell: line)
      #expect(answer.complaints == ["Error: Unknown option '--nonsense'"], "\(example)")
    }
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
