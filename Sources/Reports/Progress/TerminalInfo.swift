import Foundation

/// What the far end of a file handle is.
package enum TerminalInfo {
  /// Whether `handle` is a terminal on which a line can be drawn again.
  package static func isInteractive(_ handle: FileHandle) -> Bool {
    isatty(handle.fileDescriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Columns of the terminal behind `handle`: what `COLUMNS` says, else the terminal itself, else 80.
  package static func width(
    _ handle: FileHandle, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Int {
    if let columns = environment["COLUMNS"].flatMap(Int.init), columns > 0 { return columns }
    var size = winsize()
    let status = ioctl(handle.fileDescriptor, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }
}
