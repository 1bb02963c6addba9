import Foundation

/// Runs `body` with a new empty folder, which is removed afterwards.
/// - Throws: ``DataError/notWritable(path:reason:)``, or what `body` throws.
package func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-\(UUID().uuidString)")
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  } catch {
    throw DataError.notWritable(path: folder.path, reason: error.localizedDescription)
  }
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
