import Foundation

/// Images in a folder, a folder for each class: `train/cat/1.jpeg`, `train/dog/a/2.png`.
///
/// Classes are numbered in the order of their folders' names, and images come in the order of their paths, as in
/// torchvision. Folders are searched to any depth, whatever they are called, and links to folders are followed; files of
/// other kinds, and what is hidden, are left out.
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
    let classFolders = try ImageFolder.entries(of: folder).filter(ImageFolder.isFolder).sorted {
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
    let images = try classFolders.map { try ImageFolder.images(in: $0).sorted { $0.path < $1.path } }
    if let empty = images.firstIndex(where: \.isEmpty) {
      throw fail("has no image of \(ImageFolder.extensions.sorted())", at: classFolders[empty])
    }
    files = images.flatMap { $0 }
    labels = images.enumerated().flatMap { Array(repeating: $0, count: $1.count) }
  }

  /// The images below a folder; `outer` are the folders that lead to it, into which no link is followed again.
  private static func images(in folder: URL, outer: Set<String> = []) throws(DataError) -> [URL] {
    let place = folder.resolvingSymlinksInPath().path
    guard !outer.contains(place) else { return [] }
    var images: [URL] = []
    for entry in try entries(of: folder) {
      if isFolder(entry) {
        images += try self.images(in: entry, outer: outer.union([place]))
      } else if extensions.contains(entry.pathExtension.lowercased()) {
        images.append(entry)
      }
    }
    return images
  }

  /// What is in a folder, or in the one that it is a link to, without what is hidden.
  private static func entries(of folder: URL) throws(DataError) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { !$0.hasPrefix(".") }
        .map { folder.appendingPathComponent($0, isDirectory: false) }
    } catch {
      throw DataError.folder(path: folder.path, reason: "cannot be listed (\(error.localizedDescription))")
    }
  }

  /// Whether this is a folder or a link to one.
  private static func isFolder(_ url: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Decodes an image.
  /// - Throws: ``DataError`` that names the file.
  public func image(_ index: Int) throws(DataError) -> DecodedImage {
    try DecodedImage(DataFile(contentsOf: files[index]))
  }
}
