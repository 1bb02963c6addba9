import Foundation

/// What of this process lies in memory; nil where the system does not tell.
enum ResidentMemory {
  /// Bytes now.
  static var bytes: Int? { bytes(of: "VmRSS:") }
  /// Bytes now that are no pages of files.
  static var ownBytes: Int? { bytes(of: "RssAnon:") }
  /// The peak so far, in bytes.
  static var peakBytes: Int? { bytes(of: "VmHWM:") }

  /// A line of Linux's `/proc/self/status`.
  private static func bytes(of name: String) -> Int? {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix(name) }
    let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    return kibibytes.map { $0 * 1_024 }
  }
}
