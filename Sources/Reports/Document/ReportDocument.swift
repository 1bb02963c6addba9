import Basics
import Foundation

/// A report as one HTML page that needs nothing else: no other file, no network.
///
/// ```swift
/// var report = ReportDocument(title: "CIFAR-10, five seeds", plotly: plotlyScript)
/// report.heading("Accuracy")
/// report.chart(LineChart(title: "Test accuracy", xLabel: "epoch", yLabel: "%", series: curves))
/// try report.write(to: run.appendingPathComponent("report.html"))
/// ```
public struct ReportDocument: Sendable {
  /// What the page says where it has no Plotly to draw its charts with.
  static let chartsAreStill =
    #"charts are still pictures; for those to zoom into run "dfa data fetch plotly""#

  private let title: String
  private let plotly: URL?
  private var elements: [ReportElement] = []

  /// An empty report.
  ///
  /// - Parameters:
  ///   - title: the page's title.
  ///   - plotly: the file `plotly.min.js`, which is put into the page if there are charts. When it is nil or
  ///     cannot be read, charts are still pictures under a line that says where to get it.
  public init(title: String, plotly: URL? = nil) {
    self.title = title
    self.plotly = plotly
  }

  /// Adds a heading.
  public mutating func heading(_ text: String) { elements.append(.heading(text)) }

  /// Adds a paragraph.
  public mutating func paragraph(_ text: String) { elements.append(.paragraph(text)) }

  /// Adds a list of names and what they stand for, such as a run's configuration.
  public mutating func keyValues(_ pairs: [(key: String, value: String)]) {
    elements.append(.keyValues(pairs))
  }

  /// Adds a table, under `caption` if there is one.
  public mutating func table(_ table: Table, caption: String? = nil) {
    elements.append(.table(table, caption: caption))
  }

  /// Adds a chart under its title.
  public mutating func chart(_ chart: any Chart) { elements.append(.chart(chart)) }

  /// Adds pictures side by side, under `caption` if there is one.
  public mutating func pictures(_ pictures: [ReportPicture], caption: String? = nil) {
    elements.append(.pictures(pictures, caption: caption))
  }

  /// The page.
  ///
  /// - Throws: `EncodingError` when a chart cannot be put into words, which no chart of this package does.
  public func html() throws -> String {
    let script = hasCharts ? plotly.flatMap { try? String(contentsOf: $0, encoding: .utf8) } : nil
    var body = try elements.map { try $0.html(drawsCharts: script != nil) }.joined()
    if hasCharts && script == nil {
      body = "<p class=\"note\">\(Self.chartsAreStill.htmlEscaped)</p>\n" + body
    }
    if let script {
      // Nothing in the library may end the element; inside JavaScript's strings "\/" is "/".
      let library = script.replacingOccurrences(of: "</script", with: "<\\/script", options: .caseInsensitive)
      body += "<script>\(library)</script>\n<script>\n\(ReportScript.text)\n</script>\n"
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title.htmlEscaped)</title>
      <style>
      \(ReportStyle.text)
      </style>
      </head>
      <body>
      <h1>\(title.htmlEscaped)</h1>
      \(body)</body>
      </html>

      """
  }

  /// Writes the page to `url`; an old file there is replaced only once the new one is wholly on the disk.
  ///
  /// - Throws: `FileError.system` naming the file, for example on a full disk.
  public func write(to url: URL) throws {
    try AtomicFile.write(Data(try html().utf8), to: url)
  }

  /// Nothing is ever loaded from outside the page; images are in it, or what Plotly makes of a chart to be saved.
  private static let policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"

  private var hasCharts: Bool {
    elements.contains { element in
      if case .chart = element { true } else { false }
    }
  }
}
