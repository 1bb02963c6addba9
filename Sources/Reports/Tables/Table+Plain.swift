extension Table {
  /// The table for a terminal, ending with a line break: columns padded with spaces and two spaces apart,
  /// heads underlined. Line breaks in cells become spaces.
  public var plain: String {
    let heads = columns.map { Self.oneLine($0.title) }
    let cells = rows.map { $0.map(Self.oneLine) }
    let widths = columns.indices.map { index in
      ([heads] + cells).map { $0[index].count }.max() ?? 0
    }
    let rules = widths.map { String(repeating: "-", count: $0) }
    return ([heads, rules] + cells).map { row in
      let padded = columns.indices.map { Self.pad(row[$0], to: widths[$0], columns[$0].alignment) }
      return Self.withoutTrailingSpaces(padded.joined(separator: "  ")) + "\n"
    }.joined()
  }

  private static func oneLine(_ cell: String) -> String {
    String(cell.map { $0.isNewline ? " " : $0 })
  }

  private static func pad(_ cell: String, to width: Int, _ alignment: TableColumn.Alignment) -> String {
    let space = width - cell.count
    let before =
      switch alignment {
      case .left: 0
      case .center: space / 2
      case .right: space
      }
    return String(repeating: " ", count: before) + cell + String(repeating: " ", count: space - before)
  }

  private static func withoutTrailingSpaces(_ line: String) -> Substring {
    line.lastIndex { $0 != " " }.map { line[...$0] } ?? ""
  }
}
