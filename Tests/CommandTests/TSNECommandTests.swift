import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("dfa tsne", .needsData(DatasetCatalog.citeseer)) struct TSNECommandTests {
  private let scratch: TemporaryFolder
  private let run: String

  init() throws {
    scratch = try TemporaryFolder()
    run = scratch.file("run").path
    _ = try Command(["train", "graph", "--preset", "debug", "--output", run, "--json"]).object()
  }

  @Test("Writes its files into the run's folder, with a line for each labelled node") func files() throws {
    let table = try Command(["tsne", run, "--iterations", "30", "--activations", "--json"]).object()
    #expect(table.keys.sorted() == ["files", "panels"])
    let panel = try #require((table["panels"] as? [[String: Any]])?.first)
    #expect(
      panel.keys.sorted() == [
        "divergence", "metrics", "name", "neighbourAccuracy", "point", "rows", "run", "seconds",
        "trustworthiness", "width",
      ])
    #expect(
      panel["point"] as? String == "conv1" && panel["rows"] as? Int == 3312 && panel["width"] as? Int == 16)
    #expect((0.5...1).contains(try #require(panel["trustworthiness"] as? Double)))
    let metrics = try #require(panel["metrics"] as? [String: Double])
    #expect(metrics["testAccuracy"].map { $0 > 0 && $0 < 1 } == true)
    let files = try #require(table["files"] as? [String: String])
    #expect(files.keys.sorted() == ["csv", "html", "png", "safetensors", "svg"])
    #expect(files.allSatisfy { $1 == "\(run)/tsne.\($0)" && FileManager.default.fileExists(atPath: $1) })
    let picture = try String(contentsOfFile: "\(run)/tsne.svg", encoding: .utf8)
    #expect(picture.contains(">databases</text>") && !picture.contains("class 0"))
    let lines = try String(contentsOfFile: "\(run)/tsne.csv", encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 1 + 3312 && lines[0] == "x,y,label,panel")
  }

  @Test("Puts several runs side by side, and gives equal runs equal points") func panels() throws {
    let folder = scratch.file("figure").path
    let text = try Command(["tsne", run, run, "--weights", "last", "--iterations", "10", "--output", folder])
    #expect(text.status == 0 && text.output.contains("10-neighbour accuracy"))
    let points = try String(contentsOfFile: "\(folder)/tsne.csv", encoding: .utf8).split(separator: "\n")
      .dropFirst()
    #expect(points.count == 2 * 3312)
    #expect(points.prefix(3312).map { $0.dropLast(1) } == points.suffix(3312).map { $0.dropLast(1) })
  }

  @Test("A point that is not there and a perplexity that does not fit end with 64") func refuses() throws {
    try Command(["tsne", run, "--point", "conv9"]).expectFailure(64, "--point: 'conv9' is not one of conv1")
    try Command(["tsne", run, "--perplexity", "1104"]).expectFailure(
      64, "a perplexity of 1104 does not fit 3312 rows; choose one from 1 to 1103")
    #expect(!FileManager.default.fileExists(atPath: "\(run)/tsne.csv"))
  }
}
