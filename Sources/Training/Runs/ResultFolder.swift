import Basics
import Foundation
import Reports

/// A folder for results that are written beside what is printed.
public struct ResultFolder {
  /// The folder.
  public let url: URL

  /// Makes the folder where it is missing.
  /// - Throws: ``RunError/notWritable(_:)``.
  public init(_ url: URL) throws {
    self.url = url
    try RunError.createFolder(url)
    AtomicFile.removeAbandoned(in: url)
  }

  /// Writes a text that ends with a line break, whole or not at all.
  /// - Throws: `FileError`.
  public func write(_ text: String, to name: String) throws {
    let ending = text.hasSuffix("\n") ? "" : "\n"
    try AtomicFile.write(Data((text + ending).utf8), to: url.appendingPathComponent(name))
  }

  /// Writes a value as `readableJSON(_:)`, whole or not at all.
  /// - Throws: `FileError`; `EncodingError` when the value cannot be encoded.
  public func write(json value: some Encodable, to name: String) throws {
    try write(readableJSON(value), to: name)
  }
}
