import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("dfa search", .needsData(DatasetCatalog.citeseer)) struct SearchCommandTests {
  private let scratch: TemporaryFolder
  private let folder: URL

  init() throws {
    scratch = try TemporaryFolder()
    folder = scratch.file("search")
  }

  private func arguments(in folder: URL, _ more: [String] = []) -> [String] {
    [
      "search", "graph", "--preset", "debug", "--seeds", "2", "--seed", "7", "--random", "dropout=0..0.5",
      "--random", "optimizer.learningRate=1e-3..0.1:log", "--trials", "3", "--draw-seed", "1", "--output",
      folder.path, "--json",
    ] + more
  }

  @Test("Ranks by the validation metric, and ends with a comparison on other seeds") func ranks() throws {
    let command = try Command(arguments(in: folder))
    let table = try command.object()
    let trials = try #require(table["trials"] as? [[String: Any]])
    let means = trials.compactMap { $0["mean"] as? Double }
    #expect(means.count == 3 && means == means.sorted(by: >))
    let best = try #require(trials[0]["settings"] as? [String: String])
    let compare = try #require(table["compare"] as? String)
    #expect(
      compare
        == "dfa compare graph --preset debug --set dropout=\(best["dropout"] ?? "") --set optimizer.learningRate="
        + "\(best["optimizer.learningRate"] ?? "") --methods dfa --seeds 2 --seed 9")
    let words = compare.split(separator: " ").dropFirst().map(String.init)
    #expect(try Command(words + ["--json"]).object()["seeds"] as? [Int] == [9, 10])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["runs.jsonl", "search.json", "search.md", "search.yaml"])
    // Neither what is printed nor what is kept knows a test metric.
    #expect(!command.output.contains("test") && !command.errors.contains("test"))
    for name in ["search.json", "search.yaml"] {
      #expect(try !text(name).contains("test"))
    }
    #expect(try text("search.json") == command.output)
    #expect(try text("search.md").contains(compare))
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("A search that is killed goes on to the same result", arguments: [0.3, 0.6, 1.0])
  func killed(_ seconds: Double) throws {
    let epochs = ["--set", "training.epochs=40"]
    let whole = try Command(arguments(in: scratch.file("whole"), epochs)).object() as NSDictionary
    _ = try Command(arguments(in: folder, epochs), killing: seconds)
    let finished = (try? text("runs.jsonl"))?.split(separator: "\n").count ?? 0
    let rest = try Command(arguments(in: folder, epochs))
    #expect(try rest.object() as NSDictionary == whole)
    #expect(rest.errors.components(separatedBy: " steps in ").count - 1 == 6 - finished)
    #expect(
      try timelessLines(folder.appendingPathComponent("runs.jsonl"))
        == timelessLines(scratch.file("whole/runs.jsonl")))
    // There is nothing left to do.
    let again = try Command(arguments(in: folder, epochs))
    #expect(try again.object() as NSDictionary == whole && again.errors.isEmpty)
  }

  @Test("Another search in the folder ends with 64, a damaged one with 65") func differs() throws {
    _ = try Command(arguments(in: folder)).object()
    try Command(arguments(in: folder, ["--set", "hidden=8"])).expectFailure(
      64, "holds another search: configuration.model.gcn.hidden is 16 there, and 8 now",
      "choose another --output")
    let runs = folder.appendingPathComponent("runs.jsonl")
    try Data(("{}\n" + text("runs.jsonl")).utf8).write(to: runs)
    try Command(arguments(in: folder)).expectFailure(
      65, "runs.jsonl: line 1 is not what this version writes")
  }

  @Test("When every trial fails the search ends with 1, its results printed") func failing() throws {
    let command = try Command([
      "search", "graph", "--preset", "debug", "--grid", "optimizer.learningRate=1e38,1e37", "--set",
      "optimizer.rule=sgd", "--method", "bp", "--output", folder.path,
    ])
    #expect(command.status == 1 && command.output.contains("trial 2 failed: "))
    #expect(
      command.complaints.count == 1 && command.errors.contains("every trial failed, the first one with: "))
  }

  @Test("Missing data end with 65") func noData() throws {
    try Command(arguments(in: folder), environment: withoutData).expectFailure(65, "dfa data fetch citeseer")
  }
}
