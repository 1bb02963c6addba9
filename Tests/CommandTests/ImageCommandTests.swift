import Foundation
import TestSupport
import Testing

@Suite("Commands on image folders") struct ImageCommandTests {
  private let scratch: TemporaryFolder
  private let settings: [String]

  init() throws {
    scratch = try TemporaryFolder()
    try DiscImages.write(to: scratch.file("discs"))
    let assignments = [
      "images=discs", "validationImages=6", "resized=40", "cropped=36", "training.batchSize=6",
      "denseUnits=8",
    ]
    settings =
      ["--preset", "debug", "--data", scratch.url.path] + assignments.flatMap { ["--set", $0] }
  }

  @Test("A network is trained on a folder under a data root, and its filters are drawn") func filters() throws
  {
    let run = scratch.file("run").path
    let trained = try Command(["train", "vgg16", "--output", run, "--json"] + settings).object()
    #expect(trained["step"] as? Int == 3)
    let drawn = try Command(["filters", run, "--data", scratch.url.path, "--steps", "3", "--json"]).object()
    #expect(drawn.keys.sorted() == ["activations", "file", "filters", "point", "run", "unexcited"])
    #expect(drawn["filters"] as? Int == 4 && drawn["point"] as? String == "conv1_2")
    let text = try Command(["filters", run, "--data", scratch.url.path, "--steps", "3"])
    #expect(text.status == 0 && text.output.hasPrefix("4 filters of conv1_2"))
    #expect(text.output.hasSuffix("\n\(run)/filters.png\n"))
    let picture = try Data(contentsOf: URL(fileURLWithPath: "\(run)/filters.png"))
    #expect(picture.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    try Command(["filters", run, "--data", scratch.url.path, "--point", "fc7"]).expectFailure(
      64, "'fc7' is not one of conv1_1")
    try Command(["filters", run, "--rate", "0"]).expectFailure(64, "--rate must be above 0")
  }

  @Test("Few rows are embedded, with as many neighbours as there can be") func fewRows() throws {
    let run = scratch.file("run").path
    _ = try Command(["train", "vgg16", "--output", run, "--json"] + settings).object()
    let embedded = try Command([
      "tsne", run, "--data", scratch.url.path, "--weights", "last", "--perplexity", "1.5", "--iterations",
      "20", "--json",
    ]).object()
    let panel = try #require((embedded["panels"] as? [[String: Any]])?.first)
    #expect(panel["rows"] as? Int == 6 && panel["trustworthiness"] is Double)
    try Command(["tsne", run, "--data", scratch.url.path, "--perplexity", "1.5", "--learning-rate", "1e20"])
      .expectFailure(1, "beyond all bounds in iteration 1", "choose a lower --learning-rate")
  }

  @Test("Waiting for samples is measured") func loading() throws {
    let measured = try Command(["bench", "loading", "--task", "vgg16", "--steps", "2", "--json"] + settings)
      .object()
    #expect(
      measured.keys.sorted() == ["batchSize", "seconds", "steps", "waitedSeconds", "waitedShare"])
    #expect(measured["steps"] as? Int == 2 && measured["batchSize"] as? Int == 6)
    let text = try Command(["bench", "loading", "--task", "vgg16", "--steps", "1"] + settings).output
    #expect(text.hasPrefix("1 steps of 6 samples in ") && text.hasSuffix("waited for them\n"))
  }

  @Test("No such folder, and damaged images, end with 65 and say what to do") func refuses() throws {
    let words = ["train", "vgg16", "--output", scratch.file("other").path] + settings
    try Command(words + ["--set", "images=cats"]).expectFailure(65, "cats is no folder, nor one in")
    try Data().write(to: scratch.file("discs/train/red/4.png"))
    try Command(words).expectFailure(65, "train/red/4.png: an empty file; replace it with the original file")
  }
}
