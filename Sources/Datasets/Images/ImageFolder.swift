import Foundation

/// Images in a folder, a folder for each class: `train/cat/1.jpeg`, `train/dog/a/2.png`.
///
/// Classes are numbered in the order of their folders' names, and images come in the order of their paths, as in
/// torchvision. Files of other kinds are left out.
public struct ImageFolder: Sendable, Equatable {
  /// The extensions of files that are taken for images.
  static let extensions: Set<String> = ["jpg", "jpeg", "png"]

  /// The names of the classes.
  public let classes: [String]
  /// The images, class after class.
  public let files: [URL]
  /// The class of each image.
  public let labels: [Int]

  /// Lists a folder; nothing is read yet.
  /// - Parameters:
  ///   - folder: The folder of the classes' folders.
  ///   - expected: The classes that there must be, such as those of the images trained on; any when nil.
  /// - Throws: ``DataError/folder(path:reason:)`` when there is no such folder, fewer than two classes, a class
  ///   without images, or other classes than expected.
  public init(_ folder: URL, classes expected: [String]? = nil) throws {
    func fail(_ reason: String, at url: URL? = nil) -> DataError {
      DataError.folder(path: (url ?? folder).path, reason: reason)
    }
    let entries: [URL]
    do {
      entries = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles)
    } catch {
      throw fail("cannot be listed (\(error.localizedDescription))")
    }
    let classFolders = entries.filter(\.hasDirectoryPath).sorted {
      $0.lastPathComponent < $1.lastPathComponent
    }
    classes = classFolders.map(\.lastPathComponent)
    guard classes.count > 1 else {
      throw fail(classes.isEmpty ? "has no folder of a class" : "has one class, \"\(classes[0])\"")
    }
    if let expected, expected != classes {
      let other = Set(expected).symmetricDifference(classes).sorted().prefix(3)
      throw fail("has other classes than those trained on (\(other.joined(separator: ", ")))")
    }
    let images = classFolders.map(ImageFolder.images(in:))
    if let empty = images.firstIndex(where: \.isEmpty) {
      throw fail("has no image of \(ImageFolder.extensions.sorted())", at: classFolders[empty])
    }
    files = images.flatMap { $0 }
    labels = images.enumerated().flatMap { Array(repeating: $0, count: $1.count) }
  }

  private static func images(in folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
    return (files?.compactMap { $0 as? URL } ?? [])
      .filter { extensions.contains($0.pathExtension.lowercased()) }
      .sorted { $0.path < $1.path }
  }

  /// Decodes an image.
  /// - Throws: ``DataError`` that names the file.
  public func image(_ index: Int) throws(DataError) -> DecodedImage {
    try DecodedImage(DataFile(contentsOf: files[index]))
  }
}
