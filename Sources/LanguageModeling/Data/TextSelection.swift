import Datasets
import Foundation
import Networks
import Training

/// The text of a task: one by name, a text file, or a folder with a file for each part.
public typealias TextSelection = NameOrPath<TextDataset>

extension NameOrPath<TextDataset> {
  /// What keys of this type mean, for a list of keys.
  static var explanation: String {
    "a text by name, a text file, or a folder with \(Split.training.files.joined(separator: ", ")) and likewise for valid and test"
  }

  /// The parts of the text.
  /// - Throws: `DataError` where a part is missing or empty, `ConfigurationError` when nothing is at the path.
  func parts(in store: DatasetStore) throws -> TextParts {
    switch self {
    case .name(.tinyShakespeare):
      try TextParts(dividing: store.file(DatasetCatalog.tinyShakespeare, "input.txt"))
    case .name(.wikiText2): try TextParts(folder: store.locate(DatasetCatalog.wikiText2))
    case .path(let path): try TextParts(at: Self.place(of: path, in: store))
    }
  }

  /// What prepared tokens are called after.
  var title: String {
    switch self {
    case .name(let name): name.rawValue
    case .path(let path): URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }
  }
}
