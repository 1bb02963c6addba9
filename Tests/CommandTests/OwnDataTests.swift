import Foundation
import TestSupport
import Testing

@Suite("Own data and PyTorch on the command line") struct OwnDataTests {
  private let scratch: TemporaryFolder

  /// A folder of a graph: two rings of 20 nodes, a class each.
  init() throws {
    scratch = try TemporaryFolder()
    let nodes = 0..<40
    try scratch.file(
      "graph/edges.csv", holding: nodes.map { "\($0),\($0 / 20 * 20 + ($0 + 1) % 20)\n" }.joined())
    try scratch.file("graph/features.csv", holding: nodes.map { "\($0 / 20),\(1 - $0 / 20)\n" }.joined())
    try scratch.file("graph/labels.csv", holding: nodes.map { $0 / 20 == 0 ? "left\n" : "right\n" }.joined())
  }

  private var options: [String] {
    [
      "graph", "--preset", "debug", "--set", "dataset=\(scratch.file("graph").path)", "--set",
      "split={random: {perClass: 4, validation: 6}}",
    ]
  }

  private func dfa(_ arguments: String...) throws -> Command {
    try Command(arguments, environment: withoutData)
  }

  private func train() throws -> String {
    let run = scratch.file("run").path
    let command = try Command(["train"] + options + ["--output", run], environment: withoutData)
    #expect(command.status == 0, "\(command.errors)")
    return run
  }

  @Test("A graph of one's own is trained on, exported, imported, evaluated alike and trained on")
  func roundTrip() throws {
    let run = try train()
    let (weights, again) = (scratch.file("w.safetensors").path, scratch.file("again.safetensors").path)
    let predictions = scratch.file("p.safetensors").path
    let exported = try dfa("export", run, "--pytorch", weights, "--predictions", predictions, "--json")
      .object()
    let tensors = try #require(exported["tensors"] as? [String: [Int]])
    #expect(tensors["conv1.lin.weight"]?.last == 2 && tensors.count == 4)
    #expect(FileManager.default.fileExists(atPath: predictions))
    let imported = scratch.file("imported").path
    let command = try Command(
      ["import", weights] + options + ["--output", imported, "--json"], environment: withoutData)
    #expect(try command.object()["run"] as? String == imported)
    let metrics = try [run, imported].map {
      try #require(dfa("evaluate", $0, "--json").object()["metrics"] as? [String: Double])
    }
    #expect(metrics[0] == metrics[1] && metrics[0]["testAccuracy"] != nil)
    #expect(try dfa("export", imported, "--pytorch", again).status == 0)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: weights)))
    let resumed = try Command(
      ["train"] + options + ["--output", imported, "--resume"], environment: withoutData)
    #expect(resumed.status == 0, "\(resumed.errors)")
  }

  @Test("A file called .pt is said to be of safetensors") func extensionOfPyTorch() throws {
    let command = try dfa("export", try train(), "--pytorch", scratch.file("w.pt").path)
    #expect(command.status == 0 && command.errors.contains("w.pt is a safetensors file: read it by"))
  }

  @Test("What cannot be imported ends with 65, names all that differs, and leaves no folder") func refusals()
    throws
  {
    let run = try train()
    let weights = scratch.file("w.safetensors").path
    #expect(try dfa("export", run, "--pytorch", weights).status == 0)
    let output = scratch.file("imported").path
    func expect(_ file: String, _ more: [String], _ words: String) throws {
      let command = try Command(
        ["import", file] + options + more + ["--output", output], environment: withoutData)
      command.expectFailure(65, words)
      #expect(!FileManager.default.fileExists(atPath: output))
    }
    try expect(
      weights, ["--set", "hidden=8"], "w.safetensors: has conv1.lin.weight [16, 2] where [8, 2] must be")
    try expect(weights, ["--set", "model=cheb"], "lacks conv1.lins.0.weight, conv1.lins.1.weight")
    try expect(scratch.file("none").path, [], "none: cannot be read")
    let pickle = try scratch.file("w.pt", holding: "PK\u{3}\u{4}archive/data.pkl").path
    try expect(
      pickle, [],
      "w.pt: is a pickle of torch.save, which is not read; write it by safetensors.torch.save_file")
    let text = try scratch.file("w.txt", holding: "weights").path
    try expect(text, [], "w.txt: ends after 7 of 8 bytes")
    try Command(["import", weights] + options + ["--output", run], environment: withoutData)
      .expectFailure(64, "holds a run already")
  }

  @Test(
    "Data that cannot be read end with 65 and say what to do",
    arguments: [
      (["edges.csv": "0,99\n"], "edges.csv: line 1: node 99, where the nodes are 0 to 39"),
      (["splits.csv": "train\n"], "splits.csv: has 1 lines for 40 nodes"),
      (["features.csv": "1,nan\n"], "features.csv: line 1: \"nan\" is no finite number"),
    ])
  func malformed(_ files: [String: String], _ words: String) throws {
    for (name, text) in files { try scratch.file("graph/\(name)", holding: text) }
    try Command(["train"] + options + ["--output", scratch.file("run").path], environment: withoutData)
      .expectFailure(65, words)
    #expect(!FileManager.default.fileExists(atPath: scratch.file("run").path))
  }
}
