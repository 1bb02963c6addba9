import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("The folder of a run") struct RunFolderTests {
  private let scratch: TemporaryFolder
  private let folder: RunFolder
  private let record: RunRecord<ToyConfiguration>

  init() throws {
    scratch = try TemporaryFolder()
    folder = RunFolder(scratch.file("run"))
    record = try Experiment<ToyTask>(assignments: ["hidden=[3]"]).record(.shallow, seed: .max)
  }

  @Test("What was recorded is read again") func roundTrip() throws {
    #expect(!folder.exists)
    try folder.create(record)
    #expect(folder.exists)
    #expect(try folder.header() == record.run)
    #expect(try folder.record(ToyConfiguration.self) == record)
    #expect(try folder.metrics() == [])
  }

  @Test("A folder without a run is named") func missing() {
    #expect(throws: RunError.missing(folder.url.path)) { try folder.header() }
    #expect(throws: RunError.missing(folder.url.path)) { try folder.record(ToyConfiguration.self) }
  }

  @Test("A folder that cannot be made is named") func notWritable() throws {
    let below = RunFolder(try scratch.file("file", holding: "").appendingPathComponent("run"))
    #expect(throws: RunError.notWritable(below.url.path)) { try below.create(record) }
  }

  @Test(
    "A record that is not one, or holds what no configuration may, is damaged",
    arguments: [
      ("epochs: 3", "epochs: three"), ("epochs: 3", "epochs: 0"), ("epochs: 3", ""), ("- 3", "- -3"),
      ("method: shallow", "method: deep"), ("seed: 18446744073709551615", "seed: -1"), ("run:", "run: {"),
      ("nesterov: false", "nesterov: 5"), ("nesterov: false", ""), ("dropout:", "droput:"),
    ])
  func damaged(_ good: String, _ bad: String) throws {
    try folder.create(record)
    let file = folder.url.appendingPathComponent("run.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try #require(text.contains(good))
    try Data(text.replacingOccurrences(of: good, with: bad).utf8).write(to: file)
    let error = #expect(throws: RunError.self) { try folder.record(ToyConfiguration.self) }
    guard case .damaged(file.path, _)? = error else {
      Issue.record("\(error.map { "\($0)" } ?? "no error")")
      return
    }
  }

  @Test("A number of threads that no machine has is damaged", arguments: ["0", "-1", "99999999999"])
  func threads(_ count: String) throws {
    try folder.create(record)
    let file = folder.url.appendingPathComponent("run.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    try Data(text.replacing("threads: \(record.run.threads)", with: "threads: \(count)").utf8).write(to: file)
    #expect(throws: RunError.self) { try folder.record(ToyConfiguration.self) }
  }

  @Test("A line of the metrics that is not a record is named by its number") func metrics() throws {
    try folder.create(record)
    let trainer = try toyTrainer()
    trainer.callbacks = [try RunRecorder(folder)]
    try trainer.train()
    #expect(try folder.metrics().count == 3)
    let file = try FileHandle(forWritingTo: folder.metricsFile)
    try file.seekToEnd()
    try file.write(contentsOf: Data("{}\n".utf8))
    #expect(
      throws: RunError.damaged(folder.metricsFile.path, "line 4 is not a record of training")
    ) { try folder.metrics() }
  }

  @Test("Metrics that are gone, cut or not UTF-8 are damaged", arguments: [true, false])
  func lostMetrics(_ hasCheckpoint: Bool) throws {
    try folder.create(record)
    let trainer = try toyTrainer()
    trainer.callbacks = [try RunRecorder(folder)]
    try trainer.train()
    if !hasCheckpoint {
      try FileManager.default.removeItem(at: folder.lastCheckpoint)
      try folder.write(trainer.result())
    }
    let whole = try Data(contentsOf: folder.metricsFile)
    let line = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
    func reason() -> String? {
      do {
        _ = try folder.metrics()
      } catch RunError.damaged(folder.metricsFile.path, let reason) {
        return reason
      } catch {
        Issue.record("\(error)")
      }
      return nil
    }
    #expect(reason() == nil)
    try (whole + [0xFF]).write(to: folder.metricsFile)
    #expect(reason() == "is not UTF-8")
    try whole.prefix(hasCheckpoint ? whole.count - line : 0).write(to: folder.metricsFile)
    #expect(reason() != nil)
    try FileManager.default.removeItem(at: folder.metricsFile)
    #expect(reason() != nil)
    #expect(throws: RunError.self) { try RunReport([folder], metrics: [.accuracy], plotly: nil) }
  }

  @Test("Every error names the folder") func messages() {
    let errors: [RunError] = [
      .missing("/x"), .exists("/x"), .inUse("/x"), .notWritable("/x"), .damaged("/x", "why"),
    ]
    #expect(errors.allSatisfy { "\($0)".hasPrefix("/x: ") })
  }
}
