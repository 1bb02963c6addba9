import Datasets
import Foundation
import Networks
import Training

/// The rows of a task: a data set by name, which is prepared when it is first used, or a folder that `dfa data prepare` made.
public typealias InteractionSelection = NameOrPath<InteractionDataset>

extension InteractionDataset: DatasetChoice {}

extension NameOrPath<InteractionDataset> {
  /// What keys of this type mean, for a list of keys.
  static var explanation: String {
    "rows by name, prepared when first used, or a folder made by \"dfa data prepare\""
  }

  /// The prepared rows.
  /// - Parameters:
  ///   - settings: How a data set is prepared; a folder is as it is.
  ///   - store: Where data sets are, and in whose cache prepared rows go.
  /// - Throws: What preparing, or opening what was prepared, throws.
  func prepared(_ settings: RowSettings, in store: DatasetStore) throws -> PreparedData {
    switch self {
    case .name(let name):
      try Preparation(name.source(from: store), settings.preparation, cachedIn: store).run()
    case .path(let path): try PreparedData(Self.place(of: path, in: store))
    }
  }
}
