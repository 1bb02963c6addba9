import Datasets
import Torch

extension LabelledGraph {
  /// The features on a device.
  ///
  /// **Shape** `[N, F]`
  /// - Parameters:
  ///   - isNormalized: Whether those of each node are divided by their sum, where that is more than 1.
  ///   - device: Where they are to lie.
  public func featureMatrix(isNormalized: Bool, on device: Device) -> SparseMatrix {
    let rows = isNormalized ? features.normalizedRows() : features
    return SparseMatrix(
      rowStarts: rows.rowStarts, columnIndices: rows.columnIndices, values: rows.values,
      columns: rows.columns, device: device)
  }
}
