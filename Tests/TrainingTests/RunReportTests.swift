import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("Pages about runs") struct RunReportTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func train(
    _ method: MethodName, seed: UInt64, _ assignments: String..., preset: String? = nil, name: String? = nil
  ) throws -> RunFolder {
    let folder = RunFolder(scratch.file(name ?? "\(method.rawValue)-\(seed)"))
    let experiment = try Experiment<ToyTask>(preset: preset, assignments: assignments)
    _ = try FolderTraining(experiment, method: method, seed: seed, in: folder).train()
    return folder
  }

  private func page(_ folders: RunFolder...) throws -> String {
    let url = scratch.file("page.html")
    try RunReport(folders, metrics: ToyTask.metrics, plotly: nil).write(to: url)
    return try String(contentsOf: url, encoding: .utf8)
  }

  @Test("Begin with a table of results, before what to conclude, the settings, the command and the curves")
  func order() throws {
    let page = try page(train(.bp, seed: 1, preset: "tuned"), train(.dfa, seed: 1, preset: "tuned"))
    let parts = [
      "<h2>Results</h2>", "test accuracy (%)", "tuned BP seed 1", "One seed allows no claim",
      "Settings that differ",
      "<dt>command of this page</dt>", "<dt>machine of this page</dt>", "<h2>Curves</h2>",
      "validation accuracy (%)", "<svg",
    ]
    var from = page.range(of: "</h1>")?.upperBound ?? page.startIndex
    for part in parts {
      let found = try #require(page[from...].range(of: part), "\(part) is not after what should be before it")
      from = found.upperBound
    }
  }

  @Test("Of runs over seeds the methods are compared") func seeds() throws {
    let page = try page(
      train(.bp, seed: 1), train(.bp, seed: 2), train(.dfa, seed: 1), train(.dfa, seed: 2))
    #expect(page.contains("By test accuracy over 2 seeds") && page.contains("DFA"))
    #expect(!page.contains("Settings that differ"))
  }

  @Test("Nothing is claimed of one run, nor of runs of a method with unlike settings") func noClaim() throws {
    #expect(try page(train(.dfa, seed: 1)).contains("This is one run"))
    let mixed = try page(
      train(.dfa, seed: 1, name: "narrow"), train(.dfa, seed: 1, "hidden=[4]", name: "wide"))
    #expect(mixed.contains("nothing is claimed of the methods"))
    #expect(mixed.contains("debug DFA seed 1 in narrow") && mixed.contains("debug DFA seed 1 in wide"))
    #expect(mixed.contains("<td class=\"left\">hidden</td>"))
  }
}
