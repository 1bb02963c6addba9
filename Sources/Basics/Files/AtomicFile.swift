import Foundation

/// Files that are either wholly new or, after a failure or a power cut, still the old ones.
public enum AtomicFile {
  /// Writes `data` to `url`: under a temporary name in the same folder, synchronised to the disk, then
  /// renamed over the old file. A symbolic link at `url` is replaced, not followed.
  ///
  /// - Throws: ``FileError/system(action:path:code:)`` with the path and the system's reason, for example a full disk
  ///   or a folder that is missing or not writable. The old file is then unchanged and the temporary one removed.
  public static func write(_ data: Data, to url: URL) throws {
    let temporary = Self.temporary(beside: url)
    do {
      let file = try OutputFile(temporary, exclusively: true)
      try file.append(data)
      try file.synchronize()
      try move(temporary, over: url)
    } catch FileError.system(let action, _, let code) {
      unlink(temporary.path)
      throw FileError.system(action: action, path: url.path, code: code)
    }
    try synchronize(folder: url.deletingLastPathComponent())
  }

  /// A name for a file that is to become the one at `url` when it is whole; ``removeAbandoned(in:)`` knows it.
  package static func temporary(beside url: URL) -> URL {
    url.deletingLastPathComponent().appendingPathComponent(
      "\(prefix)\(getpid())-\(UUID().uuidString)\(suffix)")
  }

  /// Renames a file that is on the disk over the one at `url`, in the same folder.
  /// - Throws: ``FileError/system(action:path:code:)``.
  package static func replace(_ url: URL, by temporary: URL) throws {
    try move(temporary, over: url)
    try synchronize(folder: url.deletingLastPathComponent())
  }

  private static func move(_ temporary: URL, over url: URL) throws {
    guard rename(temporary.path, url.path) == 0 else {
      throw FileError.system(action: "replace", path: url.path, code: errno)
    }
  }

  private static let (prefix, suffix) = (".dfa-", ".tmp")

  /// Removes what processes that are no more, such as killed ones, have left half-written in a folder.
  package static func removeAbandoned(in folder: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
      guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { continue }
      let writer = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" })
      let isAlive = writer.map { $0 > 0 && (kill($0, 0) == 0 || errno == EPERM) } ?? false
      if !isAlive { unlink(folder.appendingPathComponent(name).path) }
    }
  }

  /// Waits until the folder's entries are on the disk; file systems that cannot do that for a folder
  /// (`EINVAL`) are let pass.
  private static func synchronize(folder: URL) throws {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError.system(action: "open", path: folder.path, code: errno)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileError.system(action: "synchronize", path: folder.path, code: errno)
    }
  }
}
