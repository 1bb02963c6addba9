import Datasets
import Foundation
import Training

/// The three parts of a text.
public struct TextParts: Sendable {
  /// What is learned from, validated on, and tested on.
  public let training, validation, test: TextPart

  /// The part of a split.
  public subscript(split: Split) -> TextPart {
    switch split {
    case .training: training
    case .validation: validation
    case .test: test
    }
  }

  /// Of a file its first nine tenths and two twentieths; of a folder a file for each part.
  /// - Throws: `DataError`.
  public init(at url: URL) throws {
    var isFolder: ObjCBool = false
    FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    if isFolder.boolValue { try self.init(folder: url) } else { try self.init(dividing: url) }
  }

  /// Nine tenths and two twentieths of a file.
  /// - Throws: `DataError`.
  init(dividing url: URL) throws {
    let text = try TextPart(url)
    let (first, second) = (text.boundary(at: 0.9), text.boundary(at: 0.95))
    training = try text.part(0..<first, for: .training)
    validation = try text.part(first..<second, for: .validation)
    test = try text.part(second..<text.range.upperBound, for: .test)
  }

  /// A file for each part.
  /// - Throws: `DataError` where one is missing.
  init(folder: URL) throws {
    func part(_ split: Split) throws -> TextPart {
      let files = split.files.map(folder.appendingPathComponent)
      guard let file = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else {
        let names = split.files.joined(separator: ", ")
        throw DataError.unusable(
          path: folder.path, reason: "has none of \(names)",
          remedy: "put the text for \(split.rawValue) there under one of these names")
      }
      return try TextPart(file)
    }
    (training, validation, test) = (try part(.training), try part(.validation), try part(.test))
  }

  /// The files, each once.
  public var files: [URL] {
    Split.allCases.map { self[$0].url }.reduce(into: []) { files, url in
      if !files.contains(url) { files.append(url) }
    }
  }
}

extension Split {
  /// The names of files of this part in a folder: those of WikiText, and plain ones.
  var files: [String] {
    let name =
      switch self {
      case .training: "train"
      case .validation: "valid"
      case .test: "test"
      }
    return ["wiki.\(name).tokens", "wiki.\(name).raw", "\(name).txt"]
  }
}
