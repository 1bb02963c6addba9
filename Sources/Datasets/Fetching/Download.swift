import Foundation

/// The transfer of one file from a web address with `curl`, resumed where an earlier one was interrupted.
struct Download {
  let file: DatasetFile
  let address: String
  let installer: FileInstaller
  let environment: [String: String]

  /// `curl` could not write: the disk is full, most likely.
  private static let writeError: Int32 = 23
  /// The server cannot continue a transfer: no ranges, or the offset is beyond its file.
  private static let resumeErrors: [Int32] = [33, 36]

  /// Transfers the file, reporting how many of its bytes have arrived.
  ///
  /// A partial file that turns out wrong, or that the server cannot continue, is deleted and the transfer
  /// started anew, once.
  /// - Throws: ``SourceFailure``, or `DataError.notWritable` if the disk is full.
  func run(_ report: (Int) -> Void) throws {
    let curl = try CommandLineTool("curl", environment: environment)
    do {
      try attempt(curl, report)
    } catch let failure as SourceFailure where failure.status.map(Self.resumeErrors.contains) ?? true {
      try? FileManager.default.removeItem(at: part)
      try attempt(curl, report)
    }
  }

  private var part: URL { installer.part(of: file) }

  private func attempt(_ curl: CommandLineTool, _ report: (Int) -> Void) throws {
    if part.fileByteCount ?? 0 < file.byteCount {
      let options = [
        "--fail", "--location", "--silent", "--show-error", "--continue-at", "-", "--connect-timeout", "10",
        "--retry", "2", "--speed-limit", "1", "--speed-time", "60",
      ]
      do {
        try curl.run(options + ["--output", part.path, address], in: installer.folder) {
          let bytes = part.fileByteCount ?? 0
          guard bytes <= file.byteCount else {
            try? FileManager.default.removeItem(at: part)
            throw SourceFailure(reason: "\(file.path) goes on after its \(file.byteCount) bytes", status: 0)
          }
          report(bytes)
        }
      } catch let failure as SourceFailure where failure.status == Self.writeError {
        try? FileManager.default.removeItem(at: part)
        throw DataError.notWritable(path: part.path, reason: failure.reason)
      }
    }
    try installer.finish(file)
  }
}
