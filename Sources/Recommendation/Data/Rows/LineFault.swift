/// Why a line gives no row. Such lines are left out, counted and reported.
public enum LineFault: String, Codable, CaseIterable, Sendable, CodingKeyRepresentable {
  /// There is nothing on it.
  case empty
  /// It has a NUL byte, as files have where a disk was full or a machine went down.
  case nul
  /// It has fewer cells than there are columns.
  case tooFewColumns
  /// It has more cells than there are columns.
  case tooManyColumns
  /// It is the last, without a line break, and has fewer cells than there are columns: the file was cut in a row.
  case cut
  /// Its label is none.
  case label
  /// A cell that must be a number, or for the logarithm's square a whole number, is something else.
  case number
  /// A cell that must be eight lower-case hexadecimal digits, or empty, is something else.
  case hexadecimal
  /// A double quote is not closed on the line, or something follows it.
  case quote
  /// A libFM pair is not an index, a colon and 1.
  case pair
  /// It has more than four million bytes.
  case tooLong

  /// In words, for reports.
  public var title: String {
    switch self {
    case .empty: "empty lines"
    case .nul: "lines with a NUL byte"
    case .tooFewColumns: "lines with too few columns"
    case .tooManyColumns: "lines with too many columns"
    case .cut: "last line cut off"
    case .label: "lines without a valid label"
    case .number: "lines with a cell that is no number"
    case .hexadecimal: "lines with a cell that is not 8 hexadecimal digits"
    case .quote: "lines with a quote that is not closed"
    case .pair: "lines with a pair that is not index:1"
    case .tooLong: "lines of more than 4 MiB"
    }
  }
}
