import Foundation

/// Folders that output goes to.
package enum OutputFolder {
  /// Creates the folder at `url`, and those above it, where they are missing.
  ///
  /// - Throws: ``FileError/system(action:path:code:)`` with the path and the system's reason.
  package static func create(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch let error as CocoaError {
      let isInTheWay = error.code == .fileWriteFileExists
      let code = (error.underlying as? POSIXError)?.code ?? (isInTheWay ? .EEXIST : .EIO)
      throw FileError.system(action: "create the folder", path: url.path, code: code.rawValue)
    }
  }
}
