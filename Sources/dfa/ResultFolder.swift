import DirectFeedback
import Foundation

/// A folder for what a command leaves behind beside what it prints.
struct ResultFolder {
  /// The folder.
  let url: URL

  /// Makes the folder where it is missing.
  /// - Throws: `RunError.notWritable(_:)`.
  init(_ path: String) throws {
    url = URL(fileURLWithPath: path)
    try RunError.createFolder(url)
  }

  /// Writes a file, whole or not at all.
  /// - Throws: `FileError`.
  func write(_ text: String, to name: String) throws {
    let ending = text.hasSuffix("\n") ? "" : "\n"
    try AtomicFile.write(Data((text + ending).utf8), to: url.appendingPathComponent(name))
  }
}
