import Foundation
import TestSupport
import Testing

@Suite("dfa data prepare") struct DataPrepareCommandTests {
  private let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
    try scratch.file(
      "shop.yaml",
      holding:
        "layout: comma\nheader: present\nfields:\n  - y: label\n  - age: number width(10)\n  - site: category\n"
    )
    let rows = (0..<200).map { "\($0 % 4 == 0 ? 1 : 0),\($0 % 60),s\($0 % 7)\n" }
    try scratch.file("clicks.csv", holding: "y,age,site\n" + rows.joined())
  }

  private func prepare(_ arguments: String...) throws -> Command {
    let environment = withoutData.merging(["XDG_CACHE_HOME": scratch.file("cache").path]) { $1 }
    return try Command(["data", "prepare"] + arguments, environment: environment)
  }

  private var ownFiles: [String] {
    ["--schema", scratch.file("shop.yaml").path, "--input", scratch.file("clicks.csv").path]
  }

  private func prepareOwn(_ arguments: String...) throws -> Command {
    let environment = withoutData.merging(["XDG_CACHE_HOME": scratch.file("cache").path]) { $1 }
    return try Command(["data", "prepare"] + ownFiles + arguments, environment: environment)
  }

  @Test("A file of one's own goes to the cache, and is found there again") func own() throws {
    let first = try prepareOwn("--json").object()
    #expect(first["rows"] as? [String: Int] == ["training": 160, "validation": 20, "test": 20])
    #expect(first["positiveShare"] as? Double == 0.25)
    #expect(first["features"] as? Int == 7 + 8)
    #expect((first["rowsPerSecond"] as? Double ?? 0) > 0)
    let path = try #require(first["path"] as? String)
    #expect(path.hasPrefix(scratch.file("cache/dfa/prepared/clicks-").path))
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    #expect(names.sorted() == [".lock", "prepared.json", "rows.bin", "vocabulary.tsv"])
    let again = try prepareOwn("--json")
    #expect(again.errors.isEmpty)
    let second = try again.object()
    #expect(second["seconds"] == nil && second["path"] as? String == path)
    let other = try prepareOwn("--seed", "1", "--json").object()["path"] as? String
    #expect(other != path)
  }

  @Test("The text has rows, shares, values of each field, and where they are") func text() throws {
    let output = scratch.file("out").path
    let done = try prepareOwn("--output", output, "--split", "0.5,0.25,0.25", "--minimum-count", "2")
    #expect(done.status == 0)
    #expect(done.errors.contains("count clicks") && done.errors.contains("write clicks"))
    for words in [
      /rows +200 \(100 train, 50 validation, 50 test\)/, /positive +25 %/, /age +\d+ +/, /site +7 +0 %/,
      /in +\S+out \(/,
    ] {
      #expect(done.output.contains(words), "\(done.output)")
    }
    try prepareOwn("--output", output, "--seed", "3").expectFailure(
      64, "holds rows that were prepared", "--output")
  }

  @Test("Given files are the parts") func parts() throws {
    try scratch.file("later.csv", holding: "y,age,site\n1,5,s1\n0,6,new\n0,7\n")
    let later = scratch.file("later.csv").path
    try prepareOwn("--test", later).expectFailure(65, "33.33 % of 3 lines give no row", "later.csv line 4")
    let report = try prepareOwn("--test", later, "--malformed-limit", "0.5", "--json").object()
    #expect(report["rows"] as? [String: Int] == ["training": 200, "validation": 0, "test": 2])
    #expect((report["unseenShare"] as? [String: Double])?["test"] == 0.25)
    let fault = (report["malformed"] as? [String: [String: Any]])?["tooFewColumns"]
    #expect(fault?["count"] as? Int == 1 && fault?["first"] as? String == "later.csv line 4")
  }

  @Test("What cannot be is refused") func refused() throws {
    try prepare().expectFailure(64, "name a data set")
    try prepare("criteos").expectFailure(64, "did you mean 'criteo'")
    try prepare("criteo", "--schema", "x").expectFailure(64, "--schema is not for data sets with a name")
    try prepare("--schema", "x").expectFailure(64, "--schema needs --input")
    try prepare("criteo", "--test", "x").expectFailure(64, "need --input")
    try prepare("criteo").expectFailure(65, "criteo-sample: train.txt is not in ")
    try prepareOwn("--split", "0.5,0.6").expectFailure(64, "--split: must be three shares")
    try prepareOwn("--split", "0.5,0.6,0.1").expectFailure(64, "--split: must be three shares")
    try prepareOwn("--memory", "1").expectFailure(64, "--memory")
    try prepareOwn("--minimum-count", "0").expectFailure(64, "--minimum-count")
    try prepareOwn("--output", "").expectFailure(64, "--output")
    try prepare("--schema", scratch.file("none.yaml").path, "--input", "x").expectFailure(
      64, "none.yaml: cannot be read")
    try prepare("criteo", "--input", scratch.file("none").path).expectFailure(
      65, "none: cannot open: No such file")
    try prepare("criteo", "--input", scratch.url.path).expectFailure(65, "it is no regular file")
    try Command(["data", "prepare"] + ownFiles + ["--output", "/dev/null/x"]).expectFailure(65, "/dev/null/x")
  }

  @Test("A kill in the middle is made good by the same command") func killed() throws {
    let line =
      "1\t" + (0..<13).map { "\($0)" }.joined(separator: "\t") + "\t"
      + (0..<26).map { _ in "0123abcd" }.joined(separator: "\t")
    let block = (0..<1_000).map {
      line.replacing("0123abcd", with: "0123\(String(10_000 + $0).suffix(4))") + "\n"
    }.joined()
    let file = try scratch.file("train.txt", holding: "")
    let handle = try FileHandle(forWritingTo: file)
    for _ in 0..<400 { try handle.write(contentsOf: Data(block.utf8)) }
    let arguments = ["data", "prepare", "criteo", "--input", file.path, "--threads", "2", "--output"]
    let whole = scratch.file("whole").path
    #expect(try Command(arguments + [whole]).status == 0)
    let killed = scratch.file("killed").path
    for pause in [0.15, 0.3, 0.5, 0.8] { _ = try Command(arguments + [killed], killing: pause) }
    #expect(try Command(arguments + [killed]).status == 0)
    for name in ["rows.bin", "vocabulary.tsv", "prepared.json"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: "\(whole)/\(name)"))
          == Data(contentsOf: URL(fileURLWithPath: "\(killed)/\(name)")))
    }
    #expect(!FileManager.default.fileExists(atPath: "\(killed)/work"))
  }
}
