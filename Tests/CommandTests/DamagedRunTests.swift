import Datasets
import DirectFeedback
import Foundation
import TestConditions
import TestSupport
import Testing
import Torch

@Suite("Runs that are damaged or cut", .needsData(DatasetCatalog.citeseer)) struct DamagedRunTests {
  private let scratch: TemporaryFolder
  private let run: URL

  init() throws {
    scratch = try TemporaryFolder()
    run = scratch.file("run")
  }

  private var last: URL { run.appendingPathComponent("checkpoints/last.safetensors") }
  private var metrics: URL { run.appendingPathComponent("metrics.jsonl") }

  private func arguments(_ more: [String] = [], in folder: URL? = nil) -> [String] {
    ["train", "graph", "--preset", "debug", "--output", (folder ?? run).path, "--checkpoint-seconds", "0"]
      + more
  }

  private func train(_ more: [String] = [], in folder: URL? = nil) throws {
    let command = try Command(arguments(more, in: folder))
    #expect(command.status == 0, "\(command.errors)")
  }

  @Test("A run that is there already is not overwritten") func exists() throws {
    try train()
    let before = try Data(contentsOf: last)
    try Command(arguments()).expectFailure(
      64, "holds a run already; go on with it by \"dfa resume \(run.path)\"", "such as \(run.path)-2")
    #expect(try Data(contentsOf: last) == before)
  }

  @Test("A run does not go on with another configuration, method or seed") func differs() throws {
    try train()
    for other in [["--set", "hidden=8"], ["--method", "bp"], ["--seed", "1"]] {
      try Command(arguments(["--resume"] + other)).expectFailure(64, "holds another run: ")
    }
  }

  @Test(
    "A damaged checkpoint ends with 65, is named, and stays as it is",
    arguments: ["resume", "evaluate", "align"])
  func checkpoint(_ use: String) throws {
    try train()
    let (whole, lines) = (try Data(contentsOf: last), try Data(contentsOf: metrics))
    let other = scratch.file("other")
    try train(["--set", "hidden=8"], in: other)
    func poisoned() throws -> Data {
      var contents = try SafeTensors(whole)
      let name = "parameters/conv1/weight"
      contents.tensors[name] = try #require(contents.tensors[name]) * .nan
      return contents.data()
    }
    var flipped = whole
    flipped[whole.count - 20] ^= 0x40
    let cases: [(Data?, String)] = [
      (nil, use == "resume" ? "" : "cannot be read"), (Data(), "ends after 0 of 8 bytes"),
      (whole.prefix(whole.count / 2), "ends after \(whole.count / 2) of \(whole.count) bytes"),
      (Data("no checkpoint".utf8), "is not a safetensors file"),
      (
        try Data(contentsOf: other.appendingPathComponent("checkpoints/last.safetensors")),
        "is of another run than the folder's run.yaml"
      ),
      (try poisoned(), "is not as it was written"), (flipped, "is not as it was written"),
    ]
    for (contents, message) in cases {
      try? FileManager.default.removeItem(at: last)
      try contents?.write(to: last)
      let command = try Command(use == "resume" ? arguments(["--resume"]) : [use, run.path])
      if message.isEmpty {
        // Without a checkpoint the run begins again.
        #expect(command.status == 0)
        continue
      }
      command.expectFailure(65, last.path, message)
      #expect((try? Data(contentsOf: last)) == contents)
    }
    try whole.write(to: last)
    try lines.write(to: metrics)
    #expect(try Command(arguments(["--resume"])).status == 0)
  }

  @Test("A damaged record or line of metrics ends with 65 and is named") func records() throws {
    try train()
    let record = run.appendingPathComponent("run.yaml")
    let text = try String(contentsOf: record, encoding: .utf8)
    for (good, bad) in [("hidden: 16", "hidden: -16"), ("hidden: 16", "hidden: x"), ("method:", "methods:")] {
      try #require(text.contains(good))
      try Data(text.replacing(good, with: bad).utf8).write(to: record)
      for use in [["evaluate", run.path], arguments(["--resume"])] {
        try Command(use).expectFailure(65, record.path)
      }
    }
    try Data(text.replacing("task: graph", with: "task: grpah").utf8).write(to: record)
    try Command(["evaluate", run.path]).expectFailure(64, "unknown task 'grpah'")
    try Data(text.utf8).write(to: record)
    try (Data("{}\n".utf8) + Data(contentsOf: metrics)).write(to: metrics)
    try Command(["report", run.path]).expectFailure(65, metrics.path, "line 1 is not a record of training")
    for contents in [Data(), Data([0xFF, 0xFE])] {
      try contents.write(to: metrics)
      try Command(["report", run.path]).expectFailure(65, metrics.path)
    }
    try FileManager.default.removeItem(at: metrics)
    try Command(["report", run.path]).expectFailure(65, metrics.path, "holds 0 bytes")
  }

  @Test("A report that cannot be written ends with 65") func report() throws {
    try train()
    let below = run.appendingPathComponent("run.yaml/page.html").path
    try Command(["report", run.path, "--output", below]).expectFailure(65, below, "Not a directory")
  }

  @Test("A disk that is full ends with 65; what was there before stays, and the run goes on later")
  func fullDisk() throws {
    try train()
    let before = try Data(contentsOf: last)
    // No file may grow beyond 50 KiB, and a checkpoint is larger; the signal that says so is ignored.
    let limit = "trap '' XFSZ; ulimit -f 100; exec \"$@\""
    let resumed = try Command(arguments(["--resume"]), shell: limit)
    resumed.expectFailure(65, "cannot write", run.appendingPathComponent("checkpoints").path)
    #expect(try Data(contentsOf: last) == before)
    let fresh = scratch.file("fresh")
    try Command(arguments(in: fresh), shell: limit).expectFailure(65, "cannot write")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fresh.appendingPathComponent("checkpoints").path)
        == [])
    try train(["--resume"], in: fresh)
    let end = try SafeTensors(Data(contentsOf: fresh.appendingPathComponent("checkpoints/last.safetensors")))
    let expected = try SafeTensors(before)
    #expect(end.tensors.count == expected.tensors.count)
    #expect(end.tensors.allSatisfy { expected.tensors[$0]?.equals($1) == true })
  }

  @Test("A run that diverges ends with 1 and keeps what it had") func diverging() throws {
    let command = try Command(arguments(["--set", "optimizer.learningRate=1e30"]))
    command.expectFailure(1, "training diverged; lower optimizer.learningRate")
    if FileManager.default.fileExists(atPath: last.path) {
      let kept = try SafeTensors(Data(contentsOf: last))
      #expect(kept.tensors.allSatisfy { !$1.dtype.isFloatingPoint || $1.isAllFinite })
    }
  }

  @Test(
    "A signal ends a run after a step with a checkpoint, and the command that it prints goes on",
    arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func interrupted(_ signal: Int32, _ status: Int32) throws {
    func train(_ folder: URL, killing: Double? = nil) throws -> Command {
      try Command(
        ["train", "graph", "--preset", "debug", "--output", folder.path, "--set", "training.epochs=2000"],
        killing: killing, signal: signal
      ) { FileManager.default.fileExists(atPath: folder.appendingPathComponent("run.yaml").path) }
    }
    let whole = scratch.file("whole")
    #expect(try train(whole).status == 0)
    let cut = try train(run, killing: 0.3)
    #expect(cut.status == status)
    #expect(cut.complaints.count == 1)
    #expect(cut.complaints.first?.contains("; go on with: dfa resume ") == true, "\(cut.errors)")
    // No checkpoint was due by time: it is the signal's.
    let step = try Checkpoint(contentsOf: last).progress.step
    #expect(step > 0 && step < 2000 && cut.errors.contains("after step \(step);"))
    let resumed = try Command(["resume", run.path])
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(
      try areEqual(
        Checkpoint(contentsOf: last).tensors,
        Checkpoint(contentsOf: whole.appendingPathComponent("checkpoints/last.safetensors")).tensors))
    #expect(
      resumed.output.dropLast(run.path.count)
        == (try Command(["resume", whole.path])).output.dropLast(whole.path.count))
  }

  @Test("A run goes on without its options, from its own record, and for more epochs") func resumes() throws {
    let own = ["train", "graph", "--preset", "debug", "--method", "bp", "--seed", "3", "--set", "hidden=8"]
    #expect(try Command(own + ["--output", run.path]).status == 0)
    #expect(try Command(["train", "graph", "--output", run.path, "--resume"]).status == 0)
    let longer = try Command(["resume", run.path, "--set", "training.epochs=12", "--json"]).object()
    #expect(try String(contentsOf: metrics, encoding: .utf8).split(separator: "\n").count == 12)
    let whole = scratch.file("whole")
    #expect(try Command(own + ["--output", whole.path, "--set", "training.epochs=12"]).status == 0)
    #expect(
      try areEqual(
        Checkpoint(contentsOf: last).tensors,
        Checkpoint(contentsOf: whole.appendingPathComponent("checkpoints/last.safetensors")).tensors))
    #expect(longer["metrics"] != nil)
    try Command(["resume", run.path, "--set", "hidden=9"]).expectFailure(64, "hidden is 8 there, and 9 now")
    try Command(["resume", run.path, "--set", "training.epochs=3"]).expectFailure(64, "has 12 steps already")
    try Command(["resume", scratch.file("none").path]).expectFailure(64, "holds no run")
    let record = run.appendingPathComponent("run.yaml").path
    let again = scratch.file("again")
    #expect(
      try Command([
        "train", "graph", "--method", "bp", "--seed", "3", "--config", record, "--output", again.path,
      ])
      .status == 0)
    #expect(
      try areEqual(
        Checkpoint(contentsOf: last).tensors,
        Checkpoint(contentsOf: again.appendingPathComponent("checkpoints/last.safetensors")).tensors))
  }

  @Test("A run that was killed ends with the weights of one that was not") func killed() throws {
    let epochs = ["--set", "training.epochs=40"]
    let whole = scratch.file("whole")
    try train(epochs, in: whole)
    for seconds in [0.4, 0.7, 0.5] {
      _ = try Command(arguments(epochs + ["--resume"]), killing: seconds)
    }
    try train(epochs + ["--resume"])
    let (found, expected) = (
      try SafeTensors(Data(contentsOf: last)),
      try SafeTensors(Data(contentsOf: whole.appendingPathComponent("checkpoints/last.safetensors")))
    )
    #expect(found.tensors.count == expected.tensors.count)
    #expect(found.tensors.allSatisfy { expected.tensors[$0]?.equals($1) == true })
    #expect(try String(contentsOf: metrics, encoding: .utf8).split(separator: "\n").count == 40)
  }
}
