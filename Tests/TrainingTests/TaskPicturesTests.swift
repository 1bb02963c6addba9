import FeedbackAlignment
import Foundation
import Reports
import TestSupport
import Testing
import Training

@Suite("Pictures of runs") struct TaskPicturesTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func experiment(_ note: String, _ assignments: String...) throws -> Experiment<StepTask> {
    // The weights of the evaluation after four steps of eight are selected.
    try Experiment<StepTask>(assignments: ["scores=[1, 0]", "note=\(note)"] + assignments)
  }

  private func train(_ name: String, _ experiment: Experiment<StepTask>, seed: UInt64 = 1) throws -> RunFolder
  {
    let folder = RunFolder(scratch.file(name))
    _ = try FolderTraining(
      experiment, method: .bp, seed: seed, in: folder, resumes: folder.exists
    ).train()
    return folder
  }

  private func page(_ folders: [RunFolder]) throws -> String {
    let url = scratch.file("page.html")
    try RunReport(folders, metrics: StepTask.metrics, plotly: nil).write(to: url)
    return try String(contentsOf: url, encoding: .utf8)
  }

  /// The words and the bytes of a page's pictures.
  private func pictures(_ page: String) throws -> [(words: String, text: String)] {
    try page.matches(of: #/<img alt="([^"]+)" src="data:image\/png;base64,([^"]+)">/#).map { match in
      let data = try #require(Data(base64Encoded: String(match.2)))
      return (String(match.1), String(decoding: data, as: UTF8.self))
    }
  }

  @Test("Those of the selected weights are kept in the run's folder, from which reports take them")
  func kept() throws {
    let folder = try train("run", experiment("hello"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.picturesFolder.path)
    #expect(names.sorted() == ["first-once-more.png", "first.png", "pictures.json", "target.png"])
    let best = try folder.trainer(StepTask.self, weights: .best, device: .cpu).task.store.tensors[
      "first/weight"]
    let weights = "\(try #require(best).scalars(Float.self))"
    for page in [try String(contentsOf: folder.reportFile, encoding: .utf8), try page([folder])] {
      let pictures = try pictures(page)
      #expect(pictures.map(\.words) == ["target", "first, hello", "first/once more"])
      #expect(pictures.map(\.text) == ["x", weights, weights])
      #expect(page.contains("<figcaption>the weights</figcaption>"))
    }
  }

  @Test("Those of a run that becomes longer are of its new end, and a run without any has no folder for them")
  func again() throws {
    let folder = try train("run", experiment("hello"))
    let first = try pictures(page([folder]))
    _ = try train("run", experiment("hello", "training.steps=16"))
    let second = try pictures(page([folder]))
    #expect(second.count == 3 && first.count == 3)
    let other = try train("other", experiment("''"))
    #expect(!FileManager.default.fileExists(atPath: other.picturesFolder.path))
    #expect(try pictures(page([other])).isEmpty)
  }

  @Test("Those of several runs are beside what all should show") func beside() throws {
    let folders = try [("a", 1), ("b", 2)].map { try train($0, experiment("hello"), seed: $1) }
    let pictures = try pictures(page(folders))
    #expect(pictures.map(\.words) == ["target", "debug BP seed 1, hello", "debug BP seed 2, hello"])
    #expect(pictures[1].text != pictures[2].text)
  }

  @Test("Files that are damaged or gone are named") func damaged() throws {
    let folder = try train("run", experiment("hello"))
    let (index, picture) = ("pictures.json", "first.png")
    func file(_ name: String) -> URL { folder.picturesFolder.appendingPathComponent(name) }
    try FileManager.default.removeItem(at: file(picture))
    #expect(throws: RunError.damaged(file(picture).path, "cannot be read")) { try page([folder]) }
    try Data("{}".utf8).write(to: file(index))
    #expect(throws: RunError.damaged(file(index).path, "is no list of a run's pictures")) {
      try page([folder])
    }
  }

  @Test("A comparison shows the first seed of each method, from its folder too", arguments: [false, true])
  func comparison(isKept: Bool) throws {
    let folder = isKept ? scratch.file("comparison") : nil
    func compare() throws -> Comparison {
      try Comparison(experiment("hello"), methods: [.bp, .dfa], seeds: [3, 4], in: folder)
    }
    let comparison = try compare()
    var report = ReportDocument(title: "T")
    comparison.add(to: &report, StepTask.primaryMetric)
    let shown = try pictures(report.html())
    #expect(shown.map(\.words) == ["target", "BP, hello", "DFA, hello"])
    #expect(try compare().methods == comparison.methods || !isKept)
    let text = try String(decoding: JSONEncoder().encode(comparison), as: UTF8.self)
    #expect(!text.contains("pictures"))
  }
}
