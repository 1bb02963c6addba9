extension Table {
  /// The table in GitHub's Markdown, ending with a line break. Cells may hold Markdown of their own; pipe
  /// characters and backslashes are escaped, and line breaks become spaces.
  public var markdown: String {
    let rules = columns.map { column in
      switch column.alignment {
      case .left: ":--"
      case .center: ":-:"
      case .right: "--:"
      }
    }
    let lines = [columns.map { Self.escape($0.title) }, rules] + rows.map { $0.map(Self.escape) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func escape(_ cell: String) -> String {
    cell.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).joined(separator: " ")
      .replacing("\\", with: "\\\\")
      .replacing("|", with: "\\|")
  }
}
