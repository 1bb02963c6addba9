/// A column of a `Table`: its title, and where its cells stand.
public struct TableColumn: Sendable, Equatable {
  /// Where the cells of a column stand.
  public enum Alignment: String, Sendable {
    /// At the left edge: words.
    case left
    /// In the middle.
    case center
    /// At the right edge: numbers.
    case right
  }

  /// The words in the column's head.
  public let title: String
  /// Where the column's cells, and its head, stand.
  public let alignment: Alignment

  /// A column with the head `title`, whose cells stand at the left unless told otherwise.
  public init(_ title: String, _ alignment: Alignment = .left) {
    self.title = title
    self.alignment = alignment
  }
}
