import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("What commands print for people") struct TextOutputTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// Runs a command in the scratch folder, and gives its lines.
  private func lines(_ arguments: String..., of program: String = "OwnCommand") throws -> [String] {
    let shell = "cd '\(scratch.url.path)' && exec \"$@\""
    let command = try Command(arguments, of: program, shell: shell)
    #expect(command.status == 0, "\(command.errors)")
    return command.output.split(separator: "\n").map(String.init)
  }

  @Test("Of a run, which is named after its task, preset, method and seed, and what is made of it") func run()
    throws
  {
    let trained = try lines("train", "toy", "--seed", "4")
    #expect(trained[0].contains(/^epoch \d: testAccuracy [\d.]+, testLoss [\d.]+, .*validationLoss [\d.]+$/))
    #expect(trained.last?.hasSuffix("/runs/toy-debug-dfa-4") == true)
    let evaluated = try lines("evaluate", "runs/toy-debug-dfa-4", "--weights", "best")
    #expect(evaluated.count == 4 && evaluated == evaluated.sorted())
    #expect(evaluated.allSatisfy { trained[0].contains($0) })
    let aligned = try lines("align", "runs/toy-debug-dfa-4")
    #expect(aligned.count { $0.hasPrefix("hidden") } == 2)
    let page = try #require(try lines("report", "runs/toy-debug-dfa-4").first)
    #expect(page.hasPrefix("report: ") && page.hasSuffix("/runs/toy-debug-dfa-4/report.html"))
    _ = try lines("train", "toy", "--method", "bp")
    #expect(
      try lines("align", "runs/toy-debug-bp-0")
        == ["This run's method sends no feedback, so there is nothing to align."])
    _ = try lines("report", "runs/toy-debug-dfa-4", "runs/toy-debug-bp-0", "--output", "both.html")
    let both = try scratch.text("both.html")
    #expect(both.contains("debug-dfa-4") && both.contains("debug-bp-0"))
  }

  @Test("Of a preset's keys, which --config reads back") func keys() throws {
    let keys = try lines("list", "keys", "--preset", "tuned", "--method", "bp").joined(separator: "\n")
    #expect(keys.contains("dropout: 0.5") && keys.contains("# "))
    try scratch.file("keys.yaml", holding: keys)
    _ = try lines("train", "toy", "--preset", "tuned", "--method", "bp", "--output", "preset")
    _ = try lines("train", "toy", "--config", "keys.yaml", "--method", "bp", "--output", "file")
    func record(_ run: String) throws -> [Substring] {
      try scratch.text("\(run)/run.yaml").split(separator: "\n").sorted()
    }
    #expect(
      try record("file").filter { $0 != "  preset: debug" }
        == record("preset").filter { $0 != "  preset: tuned" })
  }

  @Test(
    "Of benchmarks: a row for each method, part, depth or matrix",
    arguments: [
      ("epoch --preset tuned --rounds 1 --warmup 0", ["bp", "dfa"]),
      (
        "graph --nodes 50 --edges 90 --features 4 --hidden 4 --methods dfa,shallow --rounds 1 --warmup 0",
        ["dfa", "shallow", "50 nodes, 180 edges with direction", "1 rounds of "]
      ),
      ("memory --depths 1,3 --width 8 --batch 4", ["     1", "     3"]),
      ("profile --network mlp-small --steps 1", ["forward products", "optimizer", "all products"]),
      ("endurance --steps 4 --every 2", ["resident", "tensors"]),
      (
        "projection --error-width 4 --width 8 --kinds hadamard,sign:regenerated",
        ["hadamard  stored", "sign"]
      ),
    ])
  func benchmarks(_ words: String, _ rows: [String]) throws {
    let command = try Command(["bench"] + words.split(separator: " ").map(String.init), of: "OwnCommand")
    #expect(command.status == 0, "\(command.errors)")
    for row in rows { #expect(("\n" + command.output).contains("\n" + row), "\(command.output)") }
  }

  @Test("Filters of a network without convolutions of images end with 64") func noFilters() throws {
    _ = try lines("train", "toy", "--output", "run")
    try Command(["filters", scratch.file("run").path], of: "OwnCommand").expectFailure(
      64, "task 'toy' has no convolutions of images")
  }

  @Test(
    "The demo compares three methods on three tasks, on a page with what the radiance fields show",
    .needsData(DatasetCatalog.fashionMNIST, DatasetCatalog.citeseer))
  func demo() throws {
    let printed = try lines("demo", "--epochs", "1", "--seeds", "1", "--steps", "2", of: "dfa")
    for preset in ["mlp-fashion-mnist", "gcn-citeseer", "nerf-shapes"] { #expect(printed.contains(preset)) }
    for title in ["BP ", "DFA ", "Shallow "] { #expect(printed.count { $0.hasPrefix(title) } == 3) }
    #expect(printed.last == "report: \(scratch.file("runs/demo/report.html").path)")
    let page = try scratch.text("runs/demo/report.html")
    #expect(page.contains("image mlp-fashion-mnist") && page.contains("graph gcn-citeseer"))
    #expect(page.contains("Test view r_0 of scene shapes"))
    for title in ["photograph", "BP, PSNR", "DFA, PSNR", "Shallow, PSNR"] {
      #expect(page.contains("<img alt=\"\(title)"))
    }
  }
}
