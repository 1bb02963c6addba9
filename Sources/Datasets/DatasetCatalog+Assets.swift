extension DatasetCatalog {
  /// What reports and pages are made with.
  static let assets = [plotly]

  /// Plotly.js 2.35.2, which draws the charts of reports; the same bytes at every source.
  public static let plotly = Dataset(
    name: "plotly",
    summary: "Plotly.js 2.35.2, the charts of reports",
    folder: "plotly",
    files: [
      DatasetFile(
        "plotly.min.js", 4558696,
        "6d21266ce1bd7d9e5ab4e115989c70c20de0382fd973a8f26ab58619eba4d603")
    ],
    sources: [
      .url(template: "https://cdn.plot.ly/plotly-2.35.2.min.js"),
      .pythonWheel(requirement: "plotly==5.24.1", folder: "plotly/package_data"),
    ])
}
