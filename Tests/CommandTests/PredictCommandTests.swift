import Foundation
import TestSupport
import Testing

@Suite("dfa predict") struct PredictCommandTests {
  private let scratch: TemporaryFolder
  private let run: String

  init() throws {
    scratch = try TemporaryFolder()
    try scratch.file(
      "shop.yaml",
      holding:
        "layout: comma\nheader: absent\nfields:\n  - y: label\n  - user: category\n  - site: category\n")
    try scratch.file("clicks.csv", holding: Self.lines(0..<500, label: true).joined())
    let prepared = scratch.file("prepared").path
    run = scratch.file("run").path
    let environment = withoutData.merging(["XDG_CACHE_HOME": scratch.file("cache").path]) { $1 }
    let first = try Command(
      [
        "data", "prepare", "--schema", scratch.file("shop.yaml").path, "--input",
        scratch.file("clicks.csv").path, "--output", prepared,
      ], environment: environment)
    try #require(first.status == 0, "\(first.errors)")
    let trained = try Command(
      [
        "train", "ctr", "--preset", "debug", "--method", "dfa", "--set", "dataset=\(prepared)", "--set",
        "training.batchSize=64", "--set", "training.epochs=8", "--output", run,
      ], environment: environment)
    try #require(trained.status == 0, "\(trained.errors)")
  }

  private static func lines(_ numbers: Range<Int>, label: Bool) -> [String] {
    numbers.map { (label ? "\($0 % 2)," : "") + "u\($0 % 10),s\($0 % 7)\n" }
  }

  private func predict(_ input: String, _ arguments: String...) throws -> Command {
    let file = try scratch.file("input", holding: input)
    return try Command(
      ["predict", run] + arguments, environment: withoutData, shell: "\"$@\" < '\(file.path)'")
  }

  @Test("A probability for each row, the same to the bit whatever is beside it") func probabilities() throws {
    let all = try predict(Self.lines(0..<500, label: false).joined())
    #expect(all.status == 0, "\(all.errors)")
    let values = all.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
      String.init)
    #expect(values.count == 500 && values.allSatisfy { Float($0).map { 0...1 ~= $0 } ?? false })
    let right = zip(0..., values).filter { number, value in ((Float(value) ?? 0) > 0.5) == (number % 2 == 1) }
    #expect(right.count > 480)
    let some = try predict(Self.lines(200..<213, label: false).joined())
    #expect(some.output == values[200..<213].joined(separator: "\n") + "\n")
    let labelled = try predict(Self.lines(200..<213, label: true).joined(), "--labels")
    #expect(labelled.output == some.output)
    let logit = try predict("u3,s4\n", "--logits").output.trimmingCharacters(in: .newlines)
    let probability = try predict("u3,s4\n").output.trimmingCharacters(in: .newlines)
    #expect(Float(probability) == Float(logit).map { 1 / (1 + exp(-$0)) })
  }

  @Test("Unseen values are counted; lines that are no rows keep their place, and are told") func odd() throws
  {
    let unseen = try predict("u3,s4\nnew,s4\nu3,other")
    #expect(unseen.status == 0 && unseen.output.split(separator: "\n").count == 3)
    #expect(unseen.errors.contains("3 rows") && unseen.errors.contains("user: 1 values (33.3 %)"))
    let broken = try predict("u3,s4\nu3\n\nu4,s4,1\nu3,s4\n")
    #expect(broken.status == 65)
    let lines = broken.output.components(separatedBy: "\n")
    #expect(
      lines.count == 6 && lines[1...3].allSatisfy(\.isEmpty) && lines[0] == lines[4] && !lines[0].isEmpty)
    #expect(broken.errors.contains("2 lines with too") || broken.errors.contains("too few columns"))
    #expect(broken.complaints.count == 1 && broken.errors.contains("3 lines gave no row"))
    let none = try predict("")
    #expect(none.status == 0 && none.output.isEmpty && none.errors.contains("0 rows"))
  }

  @Test("A reader that goes away ends it; another task's run is refused") func ends() throws {
    let file = try scratch.file("many", holding: Self.lines(0..<50_000, label: false).joined())
    let first = try Command(
      ["predict", run], environment: withoutData, shell: "\"$@\" < '\(file.path)' | head -n 2")
    #expect(first.status == 0 && first.output.split(separator: "\n").count == 2)
    let missing = try Command(["predict", scratch.file("none").path], environment: withoutData)
    #expect(missing.status != 0 && missing.complaints.count == 1)
  }
}
