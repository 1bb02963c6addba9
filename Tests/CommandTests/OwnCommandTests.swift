import Foundation
import TestSupport
import Testing

@Suite("A command with methods, wrappers and tasks of one's own") struct OwnCommandTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func own(_ arguments: String...) throws -> Command { try Command(arguments, of: "OwnCommand") }

  @Test(
    "What was added is listed after what the package has",
    arguments: [
      ("tasks", "task", "image", ["toy"]), ("presets", "preset", "mlp-fashion-mnist", ["debug", "tuned"]),
      ("methods", "method", "bp", ["copy", "+anchors", "+warmup", "+doubled", "+broken"]),
    ])
  func lists(_ subject: String, _ key: String, _ first: String, _ last: [String]) throws {
    let rows = try #require(try own("list", subject, "--json").object()[subject] as? [[String: String]])
    let names = rows.compactMap { $0[key] }
    #expect(names.first == first && names.suffix(last.count) == last)
    let text = try own("list", subject)
    // Names stand where paragraphs do not reach.
    let lines = text.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(text.status == 0 && lines.first?.hasPrefix(first + " ") == true)
    #expect(lines.last?.hasPrefix(last[last.count - 1] + " ") == true && lines.count == rows.count)
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("A wrapped method trains a run that the same command evaluates, and plain dfa refuses") func run()
    throws
  {
    let run = scratch.file("run").path
    let trained = try own("train", "toy", "--method", "dfa+doubled", "--output", run, "--json").object()
    let alignment = try #require(trained["alignment"] as? [[String: Any]])
    #expect(alignment.compactMap { $0["point"] as? String } == ["hidden1", "hidden2"])
    let metrics = try own("evaluate", run, "--weights", "best", "--json").object()["metrics"]
    let (found, expected) = (metrics as? [String: Double], trained["metrics"] as? [String: Double])
    #expect(found?.count == 4 && found == expected?.filter { $0.key != "trainLoss" })
    #expect(try scratch.text("run/run.yaml").contains("method: dfa+doubled\n"))
    try Command(["evaluate", run]).expectFailure(65, "\(run)/run.yaml: ")
  }

  @Test("An own method and wrappers are what they are made of, in a comparison") func compare() throws {
    let methods = ["bp", "copy", "bp+doubled", "dfa", "dfa+doubled"]
    let compared = try own("compare", "toy", "--methods", methods.joined(separator: ","), "--json").object()
    let results = try #require(compared["methods"] as? [String: [String: Any]])
    #expect(Set(results.keys) == Set(methods))
    let metrics = methods.map { results[$0]?["metrics"] as? NSDictionary }
    #expect(metrics[0] != nil && metrics[1] == metrics[0] && metrics[2] == metrics[0])
    #expect(metrics[3] != metrics[0] && metrics[4] != metrics[3])
    #expect(results["copy"]?["alignment"] == nil && results["dfa+doubled"]?["alignment"] != nil)
    let table = try own("compare", "toy", "--methods", "dfa+doubled,copy").output
    #expect(table.contains("\nCopy ") && table.contains("\nDFA + doubled "))
  }

  @Test("A search names the command that tests its best settings as it was called") func search() throws {
    let words = [
      "search", "toy", "--method", "dfa+doubled", "--grid", "hidden=[4],[8]", "--json", "--output",
    ]
    let found = try Command(words + [scratch.file("search").path], of: "OwnCommand").object()
    let line = try #require(found["compare"] as? String)
    #expect(line.hasPrefix("OwnCommand compare toy ") && line.contains(" --methods dfa+doubled "))
    let shell = "own=$1; OwnCommand() { \"$own\" \"$@\"; }; \(line) --json"
    let compared = try Command([], of: "OwnCommand", shell: shell)
    #expect((try compared.object()["methods"] as? [String: Any])?.keys.sorted() == ["dfa+doubled"])
  }

  @Test("Own networks and presets are measured, by methods with wrappers and options") func bench() throws {
    let words = [
      "bench", "epoch", "--preset", "tuned", "--rounds", "1", "--warmup", "0", "--json", "--methods",
    ]
    let epoch = try Command(words + ["copy,dfa+doubled+fused"], of: "OwnCommand").object()
    #expect(epoch["task"] as? String == "toy")
    #expect((epoch["methods"] as? [String: Any])?.keys.sorted() == ["copy", "dfa+doubled+fused"])
    let profile = try own("bench", "profile", "--network", "toy", "--method", "copy", "--json").object()
    #expect(profile["network"] as? String == "toy" && profile["preset"] as? String == "debug")
    try own("bench", "epoch", "--preset", "tuned", "--methods", "dfa+doubeld").expectFailure(
      64, "unknown option of a method 'doubeld'; did you mean 'doubled'?")
  }

  @Test("A name that is nearly an own one is told, and help has them all") func names() throws {
    try own("train", "toy", "--method", "cpoy").expectFailure(
      64, "unknown method 'cpoy'; did you mean 'copy'?")
    try own("train", "tyo").expectFailure(64, "OwnCommand: unknown task 'tyo'; did you mean 'toy'?")
    try own("bench", "step", "--network", "toi").expectFailure(64, "did you mean 'toy'?")
    let help = try Command(["train", "--help"], of: "OwnCommand", environment: ["COLUMNS": "500"]).output
    #expect(help.contains("dfa-identity, copy") && help.contains("USAGE: OwnCommand train"))
  }
}
