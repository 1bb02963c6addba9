import Foundation
import TestSupport
import Testing

@Suite("dfa reproduce of a table over sizes") struct ReproduceTableTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func reproduce(_ more: String...) throws -> Command {
    try Command(["reproduce", "sizes", "--output", scratch.url.path] + more, of: "OwnCommand")
  }

  @Test("It is drawn on a page, printed beside the paper's figures, and kept whole") func drawn() throws {
    let part = try reproduce("--seeds", "1", "--rows", "4", "--json").object()
    #expect((part["cells"] as? [[String: Any]])?.compactMap { $0["row"] as? String } == ["4"])
    let text = try reproduce("--seeds", "1", "--rows", "8")
    #expect(text.status == 0 && text.trainedRuns == 2)
    #expect(text.output.hasPrefix("Toys of two sizes") && text.output.contains("\n8 "))
    #expect(!text.output.contains("\n4 "))
    #expect(try scratch.names() == ["runs.jsonl", "sizes.html", "sizes.json", "sizes.md"])
    let page = try scratch.text("sizes.html")
    #expect(page.contains("DFA, ours") && page.contains("DFA, paper") && page.contains("</html>"))
    let markdown = try scratch.text("sizes.md")
    #expect(markdown.contains("\n| 4 ") && markdown.contains("\n| 8 "))
  }

  @Test("Runs of another number of threads are left out, which is said, and stay") func threads() throws {
    let first = try reproduce("--rows", "4", "--seeds", "2", "--threads", "1", "--json")
    let other = try reproduce("--rows", "4", "--seeds", "2", "--threads", "2")
    #expect(first.trainedRuns == 4 && other.trainedRuns == 4 && !first.errors.contains("left out"))
    let note =
      "sizes 4 toys dfa: 2 stored runs are of another configuration, version, data or machine, and left out"
    #expect(other.errors.split(separator: "\n").contains { $0 == note })
    let again = try reproduce("--rows", "4", "--seeds", "2", "--threads", "1", "--json")
    #expect(again.output == first.output && again.errors.isEmpty)
  }

  @Test("Settings of every cell are in the title and the files, and train runs of their own") func settings()
    throws
  {
    #expect(try reproduce("--quick").trainedRuns == 4)
    let other = try reproduce("--quick", "--set", "training.epochs=2", "--json")
    #expect(other.trainedRuns == 4)
    #expect(try other.object()["title"] as? String == "Toys of two sizes, with training.epochs=2")
    #expect(try scratch.text("sizes-quick.md").contains("with training.epochs=2"))
    try reproduce("--set", "training.epoch=2").expectFailure(64, "did you mean 'training.epochs'?")
  }
}
