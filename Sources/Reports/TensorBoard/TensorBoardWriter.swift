import Basics
import Foundation
import SwiftProtobuf

/// Scalar curves for TensorBoard, as an events file in a run's folder.
///
/// Values wait in memory until 64 KiB have come together, `flush` is called, or the writer is no longer
/// referred to.
public final class TensorBoardWriter {
  /// The events file: `events.out.tfevents.<seconds>.<host>.<process>` in the folder given.
  public let url: URL

  private static let bufferSize = 65_536

  private static let prefix = "events.out.tfevents."

  private let file: OutputFile
  private let earlier: [String: Int]
  private let wallTime: () -> Double
  private var buffer = Data()

  /// Creates `directory` where it is missing, and a new events file in it, which starts with its version.
  ///
  /// - Parameters:
  ///   - directory: the run's folder. A resumed run adds a file; TensorBoard joins them.
  ///   - byteCounts: lengths in bytes to truncate the folder's events files to: the `byteCounts` that a checkpoint
  ///     recorded, so that a resumed run writes no point twice. Files that are not named are removed. With nil all
  ///     stay as they are.
  ///   - wallTime: the clock, in seconds since 1970.
  /// - Throws: `FileError.system` when the folder or the file cannot be created or written, `FileError.tooShort` when
  ///   a file is shorter than recorded.
  public init(
    directory: URL, keeping byteCounts: [String: Int]? = nil,
    wallTime: @escaping () -> Double = { Date().timeIntervalSince1970 }
  ) throws {
    try OutputFolder.create(directory)
    earlier = try byteCounts.map { try Self.truncate(in: directory, to: $0) } ?? [:]
    let process = ProcessInfo.processInfo
    let name = "\(Self.prefix)\(Int(wallTime())).\(process.hostName).\(process.processIdentifier)"
    file = try Self.newFile(named: name, in: directory)
    url = URL(fileURLWithPath: file.path)
    self.wallTime = wallTime
    try append { $0.fileVersion = "brain.Event:2" }
    try flush()
  }

  deinit { try? flush() }

  /// Adds one point to the curve `tag`.
  ///
  /// - Parameters:
  ///   - tag: name of the curve; what stands before a slash groups it, as in `train/loss`.
  ///   - value: stored in single precision; infinities and not-a-number are kept as they are.
  ///   - step: global step of training.
  /// - Throws: `FileError.system` naming the file, for example on a full disk.
  public func scalar(_ tag: String, _ value: Double, step: Int) throws {
    try append { event in
      event.step = Int64(step)
      event.summary.value = [
        .with {
          $0.tag = tag
          $0.simpleValue = Float(value)
        }
      ]
    }
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes what waits in memory, so that TensorBoard sees it.
  ///
  /// - Throws: `FileError.system` naming the file, for example on a full disk. The file then ends with a
  ///   whole record, and the next `flush` tries again.
  public func flush() throws {
    try file.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what waits in memory, and waits until it is on the disk; a checkpoint records `byteCounts` after this.
  ///
  /// - Throws: `FileError.system`.
  public func synchronize() throws {
    try flush()
    try file.synchronize()
  }

  /// Lengths of the run's events files in bytes, by name: what a checkpoint records, to be handed to
  /// `init(directory:keeping:wallTime:)`.
  public var byteCounts: [String: Int] {
    earlier.merging([url.lastPathComponent: file.byteCount]) { $1 }
  }

  private func append(_ fill: (inout TensorBoardEvent) -> Void) throws {
    var event = TensorBoardEvent()
    event.wallTime = wallTime()
    fill(&event)
    buffer += TFRecord.encode(try event.serializedData())
  }

  /// Cuts events files off, and removes those that are not named.
  /// - Returns: Those that are left.
  private static func truncate(in directory: URL, to byteCounts: [String: Int]) throws -> [String: Int] {
    var left: [String: Int] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: directory.path)
    where name.hasPrefix(prefix) {
      let url = directory.appendingPathComponent(name)
      guard let count = byteCounts[name] else {
        try FileManager.default.removeItem(at: url)
        continue
      }
      let file = try OutputFile(url)
      guard file.byteCount >= count else {
        throw FileError.tooShort(path: url.path, byteCount: file.byteCount, recorded: count)
      }
      try file.truncate(to: count)
      left[name] = count
    }
    return left
  }

  /// The file `name`, or where this process has written one in the same second, `name.1`, `name.2`, ...
  private static func newFile(named name: String, in directory: URL) throws -> OutputFile {
    var count = 0
    while true {
      let url = directory.appendingPathComponent(count == 0 ? name : "\(name).\(count)")
      do {
        return try OutputFile(url, exclusively: true)
      } catch FileError.system(_, _, EEXIST) {
        count += 1
      }
    }
  }
}
