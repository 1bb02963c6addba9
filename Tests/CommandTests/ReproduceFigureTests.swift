import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("dfa reproduce figure2", .needsData(DatasetCatalog.cora)) struct ReproduceFigureTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func draw() throws -> Command {
    try Command(["reproduce", "figure2", "--quick", "--output", scratch.url.path, "--json"])
  }

  @Test("A quick look has a panel for each method and files of its own; only missing runs are trained again")
  func quick() throws {
    let command = try draw()
    let figure = try command.object()
    #expect(figure.keys.sorted() == ["figure", "files", "panels", "quick", "source", "title"])
    #expect(figure["figure"] as? String == "figure2" && figure["quick"] as? Bool == true)
    let panels = try #require(figure["panels"] as? [[String: Any]])
    #expect(
      panels.compactMap { $0["name"] as? String } == [
        "gcn-cora-published Shallow seed 0", "gcn-cora-published BP seed 0", "gcn-cora-published DFA seed 0",
      ])
    for panel in panels {
      #expect(panel["point"] as? String == "conv1" && panel["rows"] as? Int == 2708)
      #expect((panel["metrics"] as? [String: Double])?["testAccuracy"] != nil)
      #expect((0.5...1).contains(try #require(panel["trustworthiness"] as? Double)))
    }
    #expect(trainedRuns(command) == 3)
    let names = ["csv", "html", "json", "md", "png", "svg"].map { "figure2-quick.\($0)" }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
        == ["figure2-quick"] + names)
    let page = try String(contentsOf: scratch.file("figure2-quick.md"), encoding: .utf8)
    #expect(page.hasPrefix("QUICK LOOK") && page.contains("| test accuracy (%) |"))

    let points = try Data(contentsOf: scratch.file("figure2-quick.csv"))
    try FileManager.default.removeItem(at: scratch.file("figure2-quick/gcn-cora-published-dfa-0"))
    let again = try draw()
    #expect(again.status == 0 && trainedRuns(again) == 1)
    #expect(again.errors.contains("graph gcn-cora-published dfa seed 0  3 steps in "))
    #expect(try Data(contentsOf: scratch.file("figure2-quick.csv")) == points)
  }

  @Test("A run of another configuration in the figure's folder ends with 64") func other() throws {
    let run = scratch.file("figure2-quick/gcn-cora-published-shallow-0").path
    _ = try Command([
      "train", "graph", "--preset", "gcn-cora-published", "--method", "shallow", "--set", "hidden=8",
      "--output", run, "--json",
    ]).object()
    try draw().expectFailure(64, "holds another run: ", "choose another --output")
  }

  @Test("Missing data end with 65 before anything is trained") func noData() throws {
    try Command(
      ["reproduce", "figure2", "--quick", "--output", scratch.url.path], environment: withoutData
    ).expectFailure(65, "dfa data fetch cora")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).isEmpty)
  }

  private func trainedRuns(_ command: Command) -> Int {
    command.errors.components(separatedBy: " steps in ").count - 1
  }
}
