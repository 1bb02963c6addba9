import Foundation
import TestSupport
import Testing

@Suite("Scripts/tables") struct TablesTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let readme = "README.md"
  private static let articles = "Sources/DirectFeedback/Documentation.docc"
  private static let article = "\(articles)/Reproducing.md"
  private static let results = "Results/CPU-2026-11-26"

  private let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
    let above = scratch.file((Self.articles as NSString).deletingLastPathComponent)
    try FileManager.default.createDirectory(at: above, withIntermediateDirectories: true)
    for name in [Self.readme, Self.articles, "Results"] {
      try FileManager.default.copyItem(at: Self.root.appendingPathComponent(name), to: scratch.file(name))
    }
  }

  /// Runs the script on the copy, or on a folder.
  private func tables(_ arguments: String..., in folder: URL? = nil) throws -> (status: Int32, errors: String)
  {
    let process = Process()
    process.executableURL = Self.root.appendingPathComponent("Scripts/tables")
    process.arguments = arguments + [(folder ?? scratch.url).path]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let errors = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: errors, as: UTF8.self))
  }

  private func replace(_ old: String, _ new: String, in name: String) throws {
    let text = try scratch.text(name)
    try #require(text.contains(old), "\(name) has no \(old)")
    try text.replacing(old, with: new, maxReplacements: 1).write(
      to: scratch.file(name), atomically: true, encoding: .utf8)
  }

  @Test("The README and the articles have the figures of Results") func agree() throws {
    let check = try tables("--check", in: Self.root)
    #expect(check.status == 0, "\(check.errors)")
  }

  @Test("A figure that was changed by hand is told, and written anew") func edited() throws {
    let row = try #require(
      try scratch.text(Self.readme).split(separator: "\n").first { $0.hasPrefix("| GraphConv, Cora |") })
    try replace(String(row), String(row).replacing("±", with: "+-"), in: Self.readme)
    let check = try tables("--check")
    #expect(check.status == 1 && check.errors.contains("README.md") && check.errors.contains("+-"))
    #expect(try scratch.text(Self.readme).contains("+-"))
    #expect(try tables().status == 0 && tables("--check").status == 0)
    #expect(try scratch.text(Self.readme).contains(String(row)))
  }

  @Test("A result that was changed changes the table") func changed() throws {
    let name = "\(Self.results)/table3.json"
    var table = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: scratch.file(name))) as? [String: Any])
    var cells = try #require(table["cells"] as? [[String: Any]])
    let index = try #require(
      cells.firstIndex { $0["row"] as? String == "GraphConv" && $0["column"] as? String == "Cora" })
    var figures = try #require(cells[index]["dfa"] as? [String: Any])
    // Beyond chance: another conclusion too.
    figures["mean"] = 0.95
    figures["values"] = (figures["values"] as? [Double] ?? []).map { _ in 0.95 }
    cells[index]["dfa"] = figures
    table["cells"] = cells
    try JSONSerialization.data(withJSONObject: table).write(to: scratch.file(name))
    let check = try tables("--check")
    #expect(check.status == 1 && check.errors.contains("95.0"))
    #expect(try tables().status == 0)
    let claim = try #require(
      try scratch.text(Self.readme).replacing("\n", with: " ").firstMatch(
        of: #/claims DFA better than BP in (.*?) and worse/#))
    #expect(claim.1.contains("GraphConv, Cora"))
  }

  @Test("A result that is missing or damaged, and a table without an end, end with 65") func damaged() throws
  {
    try replace("<!-- end -->", "", in: Self.readme)
    #expect(try tables("--check").status == 65)
    try replace("<!-- Scripts/tables ", "<!-- Scripts/tables no-", in: Self.article)
    #expect(try tables("--check").status == 65)
    try Data("{".utf8).write(to: scratch.file("\(Self.results)/table3.json"))
    #expect(try tables().status == 65)
    #expect(try tables("--unknown").status == 64)
  }
}
