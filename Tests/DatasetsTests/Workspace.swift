import Datasets
import Foundation
import Testing

/// A folder for one test, removed when the test is over.
final class Workspace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The place at `path` in the folder.
  func url(_ path: String) -> URL {
    folder.appendingPathComponent(path)
  }

  /// Writes `content` to `path`, making folders as needed.
  func write(_ content: String, to path: String) throws {
    let url = url(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content.utf8).write(to: url)
  }

  /// Puts a shell script called `name` into `bin/`, as a stand-in for a program.
  func writeTool(_ name: String, _ script: String) throws {
    try write("#!/bin/sh\n" + script, to: "bin/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url("bin/\(name)").path)
  }

  /// The text at `path`, nil if there is no file.
  func text(at path: String) -> String? {
    try? String(contentsOf: url(path), encoding: .utf8)
  }
}

/// A data set of two small files: `a.txt` is "hello world\n", `b.txt` is "12345\n".
func smallDataset(_ sources: DatasetSource...) -> Dataset {
  Dataset(
    name: "small", summary: "two small files", folder: "small",
    files: [
      DatasetFile("a.txt", 12, "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"),
      DatasetFile("b.txt", 6, "f33ae3bc9a22cd7564990a794789954409977013966fb1a8f43c35776b833a95"),
    ],
    sources: sources)
}
