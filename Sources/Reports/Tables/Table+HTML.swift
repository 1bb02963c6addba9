extension Table {
  /// The table as an HTML `table` element. Titles and cells are escaped; the alignment is in the classes
  /// `left`, `center` and `right` of the cells.
  public var html: String {
    let head = zip(columns, columns.map(\.title)).map { Self.cell("th scope=\"col\"", $0, $1) }.joined()
    let body = rows.map { row in
      "<tr>" + zip(columns, row).map { Self.cell("td", $0, $1) }.joined() + "</tr>\n"
    }
    return "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body.joined())</tbody>\n</table>\n"
  }

  private static func cell(_ tag: String, _ column: TableColumn, _ text: String) -> String {
    "<\(tag) class=\"\(column.alignment.rawValue)\">\(text.htmlEscaped)</\(tag.prefix(2))>"
  }
}
