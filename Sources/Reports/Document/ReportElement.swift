/// One part of a report, from top to bottom of the page.
enum ReportElement: Sendable {
  case heading(String)
  case paragraph(String)
  case keyValues([(key: String, value: String)])
  case table(Table, caption: String?)
  case chart(any Chart)
  case pictures([ReportPicture], caption: String?)

  /// The part as HTML.
  ///
  /// - Parameter drawsCharts: whether the page holds Plotly; else a chart is a still picture.
  func html(drawsCharts: Bool) throws -> String {
    switch self {
    case .heading(let text):
      return "<h2>\(text.htmlEscaped)</h2>\n"
    case .paragraph(let text):
      return "<p>\(text.htmlEscaped)</p>\n"
    case .keyValues(let pairs):
      let rows = pairs.map { "<dt>\($0.key.htmlEscaped)</dt><dd>\($0.value.htmlEscaped)</dd>\n" }
      return "<dl>\n\(rows.joined())</dl>\n"
    case .table(let table, let caption):
      return Self.figure("table", caption: caption, "<div class=\"scroll\">\n\(table.html)</div>\n")
    case .chart(let chart):
      let table = "<div class=\"scroll\">\n\(chart.table.html)</div>\n"
      let note = chart.note.map { "<p class=\"marks\">\($0.htmlEscaped)</p>\n" } ?? ""
      let numbers = "\(note)<details><summary>Numbers</summary>\n\(table)</details>\n"
      let picture = "<div class=\"picture\">\n\(chart.svgElement)</div>\n"
      guard drawsCharts else { return Self.figure("picture", caption: chart.title, picture + numbers) }
      let data = "<script type=\"application/json\">\(try chart.plotly.scriptText())</script>\n"
      return Self.figure(
        "chart", caption: chart.title,
        "<div class=\"plot\"></div>\n<noscript>\n\(picture)</noscript>\n\(data)\(numbers)")
    case .pictures(let pictures, let caption):
      let row = pictures.map(\.html).joined()
      return Self.figure("pictures", caption: caption, "<div class=\"row\">\n\(row)</div>\n")
    }
  }

  private static func figure(_ kind: String, caption: String?, _ content: String) -> String {
    let caption = caption.map { "<figcaption>\($0.htmlEscaped)</figcaption>\n" } ?? ""
    return "<figure class=\"\(kind)\">\n\(caption)\(content)</figure>\n"
  }
}
