import Foundation

/// Arrays by name, from an `.npz` file of `numpy.savez` or `numpy.savez_compressed`.
public struct NumPyArchive: Sendable {
  /// The most bytes of a file, and of an array in it.
  public static let byteLimit = 0xffff_ffff

  /// The file.
  public let path: String
  private let archive: ZipArchive

  /// Reads the directory of a file; arrays are read when they are asked for.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)``, ``DataError/file(_:)``.
  public init(contentsOf url: URL) throws(DataError) {
    if let count = url.fileByteCount, count > Self.byteLimit {
      throw .unusable(
        path: url.path, reason: "\(count) bytes, where a file of less than 4 GiB is read",
        remedy: "save fewer or smaller arrays in it")
    }
    try self.init(DataFile(contentsOf: url))
  }

  /// Reads the directory of a file's content.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)``.
  public init(_ file: DataFile) throws(DataError) {
    path = file.path
    guard ZipArchive.isArchive(file.bytes) else {
      throw .unusable(
        path: file.path, reason: "is not an .npz file: it does not begin as one",
        remedy: "write it by numpy.savez")
    }
    archive = try ZipArchive(file)
  }

  /// The names of the arrays.
  public var names: [String] {
    archive.names.filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
  }

  /// The array of a name; nil when there is none.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)`` when it is damaged, or not of numbers.
  public func array(_ name: String) throws(DataError) -> NumPyArray? {
    guard let content = try archive.content(name + ".npy", limit: Self.byteLimit) else { return nil }
    return try NumPyArray(content, name: name, path: path)
  }

  /// The array of a name that must be there.
  /// - Parameters:
  ///   - name: Its name.
  ///   - meaning: What it is, for the message.
  /// - Throws: ``DataError/unusable(path:reason:remedy:)``.
  public func array(_ name: String, _ meaning: String) throws(DataError) -> NumPyArray {
    guard let array = try array(name) else {
      throw .unusable(
        path: path, reason: "has no array \"\(name)\" (it has \(names.joined(separator: ", ")))",
        remedy: "add \(meaning)")
    }
    return array
  }
}
