import Networks

extension SettingSchema {
  /// The schema of a key of a table, of a kind of a choice, or of an entry of a dictionary; nil where there is none.
  func below(_ name: String) -> SettingSchema? {
    switch self {
    case .value, .list: nil
    case .table(let type): type.descriptions.first { $0.name == name }?.schema
    case .choice(let kinds): kinds.first { $0.name == name }.map { .table($0) }
    case .dictionary(let type): .table(type)
    }
  }

  /// What a key of a table is; nil for anything else.
  func description(of name: String) -> SettingDescription? {
    if case .table(let type) = self { type.descriptions.first { $0.name == name } } else { nil }
  }

  /// The paths of all keys of a name.
  func places(of name: String) -> [String] {
    func places(below path: String, _ schema: SettingSchema) -> [String] {
      schema.places(of: name).map { path + "." + $0 }
    }
    switch self {
    case .value, .list, .dictionary: return []
    case .choice(let kinds): return kinds.flatMap { places(below: $0.name, .table($0)) }
    case .table(let type):
      return type.descriptions.flatMap { description in
        (description.name == name ? [name] : []) + places(below: description.name, description.schema)
      }
    }
  }
}
