import Foundation

extension DatasetStore {
  /// The script that draws the charts of reports, when it has been fetched.
  public var plotly: URL? { try? file(DatasetCatalog.plotly, "plotly.min.js") }
}
