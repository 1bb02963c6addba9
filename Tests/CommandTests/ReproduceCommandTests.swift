import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("dfa reproduce", .needsData(DatasetCatalog.citeseer)) struct ReproduceCommandTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func reproduce(_ more: String...) throws -> Command {
    try Command(
      ["reproduce", "table3", "--columns", "CiteSeer", "--rows", "GraphConv", "--output", scratch.url.path]
        + more)
  }

  @Test("A quick look has the documented JSON and files of its own, and is made once") func quick() throws {
    let command = try reproduce("--quick", "--json")
    let table = try command.object()
    #expect(table["table"] as? String == "table3" && table["quick"] as? Bool == true)
    let cells = try #require(table["cells"] as? [[String: Any]])
    #expect(cells.count == 1)
    #expect(cells[0]["row"] as? String == "GraphConv" && cells[0]["column"] as? String == "CiteSeer")
    #expect(cells[0]["paper"] as? [String: Double] == ["bp": 0.716, "dfa": 0.694])
    for method in ["bp", "dfa"] {
      #expect((cells[0][method] as? [String: Any])?.keys.sorted() == ["mean", "std", "values"])
    }
    #expect(command.errors.contains("table3-quick GraphConv CiteSeer bp seed 0  3 steps in "))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
        == ["runs.jsonl", "table3-quick.json", "table3-quick.md"])
    let again = try reproduce("--quick")
    #expect(again.status == 0 && again.errors.isEmpty && again.output.hasPrefix("QUICK LOOK"))
    let page = try String(contentsOf: scratch.file("table3-quick.md"), encoding: .utf8)
    #expect(page.hasPrefix("QUICK LOOK") && page.contains("PubMed"))
  }

  @Test("A table that is killed keeps what was finished, and goes on") func killed() throws {
    _ = try Command(
      [
        "reproduce", "table3", "--columns", "CiteSeer", "--rows", "GraphConv", "--seeds", "2", "--output",
        scratch.url.path,
      ], killing: 3)
    let runs = scratch.file("runs.jsonl")
    let before = (try? String(contentsOf: runs, encoding: .utf8)) ?? ""
    let command = try reproduce("--seeds", "2", "--json")
    let cells = try #require(try command.object()["cells"] as? [[String: Any]])
    #expect(((cells[0]["dfa"] as? [String: Any])?["values"] as? [Double])?.count == 2)
    let whole = before.lastIndex(of: "\n").map { before[...$0] } ?? ""
    let after = try String(contentsOf: runs, encoding: .utf8)
    #expect(after.hasPrefix(whole))
    let finished = before.count { $0 == "\n" }
    #expect(command.errors.components(separatedBy: " steps in ").count - 1 == 4 - finished)
  }

  @Test("Missing data end with 65 before anything is trained") func noData() throws {
    try Command(
      ["reproduce", "table3", "--quick", "--output", scratch.url.path], environment: withoutData
    ).expectFailure(65, "dfa data fetch cora")
  }
}
