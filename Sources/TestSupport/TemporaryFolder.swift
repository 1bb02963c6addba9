import Foundation

/// A new empty folder, removed with all that is in it when it is no longer referred to.
package final class TemporaryFolder {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The file or folder at this path, whether it is there or not.
  package func file(_ path: String) -> URL { url.appendingPathComponent(path) }

  /// A file with this text, in folders that are made where they are missing.
  @discardableResult
  package func file(_ path: String, holding text: String) throws -> URL {
    let file = file(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file
  }

  /// A shell script that can be run by its name in `bin/`, as a stand-in for a program.
  package func tool(_ name: String, _ script: String) throws {
    let file = try file("bin/\(name)", holding: "#!/bin/sh\n" + script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
  }

  /// The text of the file at this path.
  package func text(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }

  /// The names of what is in the folder, sorted.
  package func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }
}
