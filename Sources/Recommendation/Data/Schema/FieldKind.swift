import Networks

/// What a column of raw rows is.
public enum FieldKind: Hashable, Sendable {
  /// Whether the row is positive. Without a bound the cell must be 1, or 0 or -1 for a negative row; with one it is any
  /// number, and those above the bound are positive.
  case label(above: Double?)
  /// A category: every text is a value of its own, the empty one too.
  case category
  /// A category of eight lower-case hexadecimal digits, or none: anything else is a fault of the line.
  case hexadecimal
  /// A number, which is made discrete; where the cell is empty, a value of its own.
  case number(Discretization)
  /// Not read.
  case ignored

  /// Whether it is a feature that networks see.
  public var isFeature: Bool {
    switch self {
    case .label, .ignored: false
    case .category, .hexadecimal, .number: true
    }
  }
}

extension FieldKind: NamedValue {
  /// Reads `label`, `label above 3`, `category`, `hexadecimal`, `number DISCRETIZATION`, `ignored`.
  public init?(_ text: String) {
    switch text {
    case "label": self = .label(above: nil)
    case "category": self = .category
    case "hexadecimal": self = .hexadecimal
    case "ignored": self = .ignored
    case _ where text.hasPrefix("label above "):
      guard let bound = Double(text.dropFirst(12)), bound.isFinite else { return nil }
      self = .label(above: bound)
    case _ where text.hasPrefix("number "):
      guard let discretization = Discretization(String(text.dropFirst(7))) else { return nil }
      self = .number(discretization)
    default: return nil
    }
  }

  /// As it is read.
  public var description: String {
    switch self {
    case .label(nil): "label"
    case .label(let bound?): "label above \(bound)"
    case .category: "category"
    case .hexadecimal: "hexadecimal"
    case .number(let discretization): "number \(discretization)"
    case .ignored: "ignored"
    }
  }

  /// What can be written.
  public static let names =
    "label, label above NUMBER, category, hexadecimal, number logSquare, number width(W), number boundaries(A, B, ...), ignored"
}
