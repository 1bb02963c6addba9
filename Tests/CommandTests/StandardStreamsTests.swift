import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("Standard streams that are closed or have no reader", .needsData(DatasetCatalog.citeseer))
struct StandardStreamsTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  @Test(
    "What is printed gets into no file of a run; a result that cannot be printed ends with 65",
    arguments: [(">&-", 65), ("2>&-", 0), ("<&- >&- 2>&-", 65)])
  func closed(_ redirections: String, _ status: Int32) throws {
    let run = scratch.file("run")
    let command = try Command(
      ["train", "graph", "--preset", "debug", "--threads", "1", "--output", run.path],
      shell: "\"$@\" \(redirections)")
    #expect(command.status == status)
    #expect(FileManager.default.fileExists(atPath: run.appendingPathComponent("report.html").path))
    let files = try FileManager.default.contentsOfDirectory(at: run, includingPropertiesForKeys: nil)
    for file in files where !file.hasDirectoryPath {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(!text.contains("steps/s") && !text.contains("run: \(run.path)"), "\(file.lastPathComponent)")
    }
  }

  @Test(
    "A reader that goes away ends neither training nor what is written after it", arguments: ["", " 2>&1"])
  func noReader(_ errors: String) throws {
    let (folder, status) = (scratch.file("comparison"), scratch.file("status"))
    _ = try Command(
      ["compare", "graph", "--preset", "debug", "--seeds", "1", "--threads", "1", "--output", folder.path],
      shell: "(\"$@\"\(errors); echo $? > '\(status.path)') | true")
    #expect(try String(contentsOf: status, encoding: .utf8) == "0\n")
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("comparison.json").path))
  }
}
