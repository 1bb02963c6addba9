import Foundation

/// A new empty folder, removed with all that is in it when it is no longer referred to.
package final class TemporaryFolder {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The file or folder of this name, whether it is there or not.
  package func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// A new file with this text.
  package func file(_ name: String, holding text: String) throws -> URL {
    try Data(text.utf8).write(to: file(name))
    return file(name)
  }
}
