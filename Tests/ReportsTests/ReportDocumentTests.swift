import Basics
import Foundation
import Reports
import TestSupport
import Testing

@Suite struct ReportDocumentTests {
  let folder: TemporaryFolder
  let chart = LineChart(
    title: "Loss & more", xLabel: "step", yLabel: "nats",
    series: [Series(name: "</script><b>", x: [1, 2], y: [0.5, .nan])], note: "Bands & lines")

  init() throws { folder = try TemporaryFolder() }

  /// A page with every part, and a stand-in for Plotly.
  func document(plotly: String?) throws -> ReportDocument {
    let script = folder.file("plotly.min.js")
    if let plotly { try Data(plotly.utf8).write(to: script) }
    var document = ReportDocument(title: "<Title>", plotly: script)
    document.heading("A & B")
    document.paragraph("</p><script>alert('x')</script>")
    document.keyValues([("seed", "\"1\""), ("learning rate", "<5e-4>")])
    document.table(Table(columns: [TableColumn("method")], rows: [["DFA"]]), caption: "Table <1>")
    document.chart(chart)
    return document
  }

  @Test func escapesEveryText() throws {
    let html = try document(plotly: "/* plotly */").html()
    #expect(html.contains("<title>&lt;Title&gt;</title>"))
    #expect(html.contains("<h1>&lt;Title&gt;</h1>"))
    #expect(html.contains("<h2>A &amp; B</h2>"))
    #expect(html.contains("<p>&lt;/p&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</p>"))
    #expect(html.contains("<dt>seed</dt><dd>&quot;1&quot;</dd>\n<dt>learning rate</dt><dd>&lt;5e-4&gt;</dd>"))
    #expect(html.contains("<figcaption>Table &lt;1&gt;</figcaption>"))
    #expect(html.contains("<figcaption>Loss &amp; more</figcaption>"))
  }

  @Test func holdsPlotlyAndTheChartsOfItsOwn() throws {
    let html = try document(plotly: "'</script>';'</SCRIPT>'").html()
    #expect(html.contains(#"<script>'<\/script>';'<\/script>'</script>"#))
    #expect(html.contains(#"<script type="application/json">{"data":[{"#))
    #expect(html.contains(#""name":"&lt;/script&gt;&lt;b&gt;""#))
    #expect(html.contains(#""y":[0.5,null]"#))
    #expect(html.contains("<details><summary>Numbers</summary>"))
    #expect(!html.contains("charts are still pictures"))
    #expect(html.components(separatedBy: "<script").count == html.components(separatedBy: "</script>").count)
  }

  @Test func showsAPictureWhereScriptsDoNotRun() throws {
    let html = try document(plotly: "/* plotly */").html()
    let noscript = try #require(
      html.firstMatch(of: #/(?s)<div class="plot"></div>\n<noscript>(.*?)</noscript>/#))
    #expect(noscript.1.contains("<svg ") && noscript.1.contains("</svg>") && !noscript.1.contains("<script"))
    #expect(html.contains("<p class=\"marks\">Bands &amp; lines</p>"))
  }

  @Test func showsPicturesAndTablesWherePlotlyIsMissing() throws {
    let html = try document(plotly: nil).html()
    #expect(html.contains("run &quot;dfa data fetch plotly&quot;"))
    #expect(html.contains("<svg ") && !html.contains("<noscript"))
    #expect(html.contains(#"<td class="right">1</td><td class="right">0.5</td>"#))
    #expect(!html.contains("<script"))
  }

  @Test func leavesPlotlyOutWhereThereIsNoChart() throws {
    let script = folder.file("plotly.min.js")
    try Data("/* plotly */".utf8).write(to: script)
    var document = ReportDocument(title: "Title", plotly: script)
    document.paragraph("text")
    let html = try document.html()
    #expect(!html.contains("plotly"))
    #expect(!html.contains("charts are"))
  }

  @Test(arguments: ["/* plotly */", nil]) func loadsNothing(plotly: String?) throws {
    let html = try document(plotly: plotly).html()
    #expect(html.contains("content=\"default-src 'none'; "))
    for reference in ["http:", "https:", "src=", "href=", "@import", "url("] {
      #expect(!html.contains(reference), "\(reference)")
    }
  }

  @Test func holdsItsPictures() throws {
    var document = ReportDocument(title: "T")
    let picture = RasterImage(width: 2, height: 1, pixels: [1, 2, 3, 4, 5, 6])
    try document.pictures(
      [ReportPicture("a & b", note: "<1>", png: picture.png()), ReportPicture("c", png: picture.png())],
      caption: "Two & more")
    let html = try document.html()
    #expect(html.contains("<figcaption>Two &amp; more</figcaption>"))
    #expect(html.contains("<figcaption>a &amp; b, &lt;1&gt;</figcaption>"))
    let sources = html.matches(of: #/<img alt="[^"]+" src="data:image\/png;base64,([^"]+)">/#)
    #expect(try sources.map { Data(base64Encoded: String($0.1)) } == [picture.png(), picture.png()])
    #expect(html.contains("img-src data:"))
  }

  @Test func isWrittenWhole() throws {
    let document = try document(plotly: nil)
    try document.write(to: folder.file("report.html"))
    let html = try document.html()
    #expect(try folder.text("report.html") == html)
    #expect(try folder.names() == ["report.html"])
  }

  @Test func namesTheFileThatCannotBeWritten() throws {
    let url = folder.file("missing/report.html")
    let document = try document(plotly: nil)
    #expect(throws: FileError.system(action: "open", path: url.path, code: ENOENT)) {
      try document.write(to: url)
    }
  }

  @Test func keepsItsPartsInTheirOrder() throws {
    var document = ReportDocument(title: "T")
    for number in 0..<3 {
      document.heading("heading \(number)")
      document.table(Table(columns: [TableColumn("column \(number)")]))
      document.keyValues([("key \(number)", "")])
      document.paragraph("paragraph \(number)")
    }
    let html = try document.html()
    let parts = (0..<3).flatMap { number in
      ["<h2>heading", "class=\"left\">column", "<dt>key", "<p>paragraph"].map { "\($0) \(number)<" }
    }
    let places = parts.map { html.range(of: $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(html.components(separatedBy: "<figcaption>").count == 1)
  }
}
