import Foundation

/// The content of one file, with the path that errors about it name.
public struct DataFile: Equatable, Sendable {
  /// Where the content came from.
  public let path: String
  /// The content.
  public let bytes: [UInt8]

  /// The content `bytes` of the file at `path`.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// Reads the file at `url`.
  /// - Throws: ``DataError/file(_:)``.
  public init(contentsOf url: URL) throws(DataError) {
    do {
      self.init(path: url.path, bytes: [UInt8](try Data(contentsOf: url)))
    } catch {
      throw .file(.unreadable(path: url.path, reason: error.localizedDescription))
    }
  }
}
