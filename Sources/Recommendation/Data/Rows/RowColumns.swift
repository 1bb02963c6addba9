/// What is done with each column of a file.
struct RowColumns: Sendable {
  /// What is done with a cell.
  enum Action: Sendable { case ignored, label, category, hexadecimal, wholeNumber, number }

  /// A column, and which feature it is: 0 where it is none.
  struct Column: Sendable {
    let action: Action
    let feature: Int
    var discretization = Discretization.logSquare
  }

  let columns: [Column]
  let separator: UInt8
  let isLibFM: Bool
  let allowsQuotes: Bool
  /// F, the number of features.
  let featureCount: Int
  let hasLabel: Bool
  let labelBound: Double?

  /// The columns of a file.
  /// - Parameters:
  ///   - schema: What they are.
  ///   - names: The header's names; nil where the columns are in the schema's order.
  ///   - source: The file, for messages.
  ///   - labels: Whether there is a label; where the names are given, whether one is demanded.
  /// - Throws: ``PreparationError/header(path:reason:)`` for a name that is missing or there twice.
  init(_ schema: RowSchema, names: [String]? = nil, source: String, labels: Bool = true) throws {
    featureCount = schema.features.count
    isLibFM = schema.layout == .libfm
    allowsQuotes = schema.layout == .comma
    switch schema.layout {
    case .comma: separator = UInt8(ascii: ",")
    case .tab: separator = UInt8(ascii: "\t")
    case .libfm: separator = UInt8(ascii: " ")
    }
    var fields: [String: (FieldSchema, Int)] = [:]
    var features = 0
    var bound: Double?
    for field in schema.fields {
      fields[field.name] = (field, features)
      if case .label(let above) = field.kind { bound = above }
      if field.kind.isFeature { features += 1 }
    }
    labelBound = bound
    let label = isLibFM && labels ? [Column(action: .label, feature: 0)] : []
    guard let names else {
      columns =
        label
        + schema.fields.compactMap { field in
          if !labels, case .label = field.kind { return nil }
          return fields[field.name].map { Self.column($0, $1) }
        }
      hasLabel = labels
      return
    }
    var seen = Set<String>()
    for name in names where fields[name] != nil && !seen.insert(name).inserted {
      throw PreparationError.header(path: source, reason: "names '\(name)' twice")
    }
    let isDemanded = { (field: FieldSchema) in
      if case .label = field.kind { labels } else { field.kind.isFeature }
    }
    if let missing = schema.fields.first(where: { isDemanded($0) && !seen.contains($0.name) }) {
      throw PreparationError.header(
        path: source, reason: "has no '\(missing.name)' among \(names.prefix(50).joined(separator: ", "))")
    }
    columns = names.map { name in
      fields[name].map { Self.column($0, $1) } ?? Column(action: .ignored, feature: 0)
    }
    hasLabel = columns.contains { $0.action == .label }
  }

  private static func column(_ field: FieldSchema, _ feature: Int) -> Column {
    switch field.kind {
    case .label: Column(action: .label, feature: 0)
    case .ignored: Column(action: .ignored, feature: 0)
    case .category: Column(action: .category, feature: feature)
    case .hexadecimal: Column(action: .hexadecimal, feature: feature)
    case .number(.logSquare): Column(action: .wholeNumber, feature: feature)
    case .number(let discretization):
      Column(action: .number, feature: feature, discretization: discretization)
    }
  }
}
