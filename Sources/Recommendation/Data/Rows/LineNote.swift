/// What is odd about a line that gives a row nevertheless; counted and reported.
public enum LineNote: String, Codable, CaseIterable, Sendable, CodingKeyRepresentable {
  /// It ends with a carriage return, which is not part of its last cell.
  case carriageReturn
  /// A number on it is negative: it is taken as the discretization says.
  case negativeNumber
  /// It is the last and has no line break, so that its last cell may have been cut.
  case unterminated

  /// In words, for reports.
  public var title: String {
    switch self {
    case .carriageReturn: "lines ended by CR LF (the CR is not part of the last cell)"
    case .negativeNumber: "lines with a negative number (kept, discretized as any other)"
    case .unterminated: "last line without a line break (kept)"
    }
  }
}
