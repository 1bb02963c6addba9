import Foundation
import TestSupport
import Testing

@Suite("dfa compare") struct CompareCommandTests {
  private let scratch: TemporaryFolder
  private let folder: String

  init() throws {
    scratch = try TemporaryFolder()
    folder = scratch.file("comparison").path
  }

  private func compare(_ more: String...) throws -> Command {
    try Command(["compare", "toy", "--output", folder] + more, of: "OwnCommand")
  }

  @Test("A method that diverges ends with 1, after the results of the others, and is named in all of them")
  func diverging() throws {
    let command = try compare("--methods", "bp,dfa+broken", "--seeds", "2", "--json")
    let table = try command.object(status: 1)
    #expect((table["methods"] as? [String: Any])?.keys.sorted() == ["bp"])
    let failures = try #require(table["failures"] as? [String: [String: String]])
    #expect(failures.keys.sorted() == ["dfa+broken"] && failures["dfa+broken"]?.keys.sorted() == ["0", "1"])
    let reason = try #require(failures["dfa+broken"]?["0"])
    #expect(reason.contains("training diverged"))
    #expect(command.errors.contains("\ndebug dfa+broken seed 0: \(reason)\ndebug dfa+broken seed 1: "))
    #expect(
      command.complaints
        == ["OwnCommand: 2 runs failed, the first with: debug dfa+broken seed 0: \(reason)"])
    #expect(try scratch.text("comparison/comparison.json") == command.output)
    #expect(try scratch.text("comparison/report.html").contains("Failed: debug dfa+broken seed 1: "))
    // What has failed has ended, and is not trained again.
    let again = try compare("--methods", "bp,dfa+broken")
    #expect(again.status == 1 && again.trainedRuns == 0 && again.output.contains("\nBP "))
    #expect(
      !again.output.contains("broken") && again.errors.contains(": a run failed: debug dfa+broken seed 0: "))
  }

  @Test("When every method diverges the table has no row, and the reasons are told") func allDiverge() throws
  {
    let command = try compare("--methods", "dfa+broken,fa", "--set", "breaksAtStep=0", "--json")
    let table = try command.object(status: 1)
    #expect((table["methods"] as? [String: Any])?.isEmpty == true)
    #expect((table["failures"] as? [String: Any])?.keys.sorted() == ["dfa+broken", "fa"])
  }

  @Test("Nothing is trained twice: a rerun says the same, and seeds and methods only add") func ledger()
    throws
  {
    func lines() throws -> [Substring] { try scratch.text("comparison/runs.jsonl").split(separator: "\n") }
    let first = try compare("--methods", "bp,dfa", "--json")
    #expect(first.status == 0 && first.trainedRuns == 2)
    let kept = try lines()
    let again = try compare("--methods", "bp,dfa", "--json")
    #expect(again.output == first.output && again.errors.isEmpty)
    #expect(try compare("--methods", "bp,dfa,copy", "--seeds", "2").trainedRuns == 4)
    #expect(try compare("--methods", "dfa", "--set", "dropout=0.2").trainedRuns == 1)
    #expect(try lines().count == 7 && lines().starts(with: kept))
    #expect(try compare("--methods", "dfa", "--seed", "1").errors.isEmpty)
  }

  @Test("A table takes the runs of a comparison in its folder, and the other way round") func shared() throws
  {
    #expect(try compare("--methods", "dfa", "--set", "hidden=[4]").trainedRuns == 1)
    let table = ["reproduce", "sizes", "--rows", "4", "--seeds", "2", "--output", folder]
    #expect(try Command(table, of: "OwnCommand").trainedRuns == 3)
    #expect(try compare("--methods", "dfa,copy", "--set", "hidden=[4]", "--seeds", "2").errors.isEmpty)
  }

  @Test("A changed image trains again, and the images as they were do not") func images() throws {
    try DiscImages.write(to: scratch.file("discs"))
    let settings = ["validationImages=6", "resized=40", "cropped=36", "training.batchSize=6", "denseUnits=8"]
    func compare() throws -> Int {
      let words = ["compare", "vgg16", "--preset", "debug", "--methods", "bp", "--output", folder]
      let images = ["images=\(scratch.file("discs").path)"] + settings
      let command = try Command(words + images.flatMap { ["--set", $0] })
      #expect(command.status == 0, "\(command.errors)")
      return command.trainedRuns
    }
    #expect(try compare() == 1)
    #expect(try compare() == 0)
    let (changed, other) = (scratch.file("discs/train/red/4.png"), scratch.file("discs/train/blue/4.png"))
    let before = try Data(contentsOf: changed)
    try Data(contentsOf: other).write(to: changed)
    #expect(try compare() == 1)
    try before.write(to: changed)
    #expect(try compare() == 0)
  }
}
