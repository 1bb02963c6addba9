import Datasets
import Foundation
import Networks

extension NameOrPath {
  /// Where the file or folder of a path is.
  /// - Parameters:
  ///   - path: The path, or a name under a data root.
  ///   - store: Where data sets are.
  ///   - key: The key of the setting.
  /// - Throws: ``ConfigurationError`` that names the nearest name when nothing is there.
  public static func place(of path: String, in store: DatasetStore, key: String = "dataset") throws -> URL {
    if let place = store.place(path) { return place }
    let reason = noneOf(names, path)
    throw ConfigurationError.value(
      key: key,
      reason: "\(reason)\(reason.hasSuffix("?") ? "" : ";") no file or folder of this name is here, or in "
        + store.roots.map(\.path).joined(separator: ", "))
  }
}
