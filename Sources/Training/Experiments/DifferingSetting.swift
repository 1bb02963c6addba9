import FeedbackAlignment
import Reports
import Yams

/// A key of a configuration that has not the same value in all that is compared.
public struct DifferingSetting: Codable, Equatable, Sendable {
  /// The path of the key, such as `model.gcn.hidden`.
  public let key: String
  /// Its values, as in YAML, by the name of what has it; without an entry for what has no such key.
  public let values: [String: String]
}

extension [DifferingSetting] {
  /// The keys in which configurations differ, in their order.
  /// - Parameter configurations: The configurations by name.
  package init(_ configurations: [(name: String, configuration: some Encodable)]) throws {
    self.init(
      try configurations.map { ($0.name, try Yams.compose(yaml: readableYAML($0.configuration)) ?? Node("")) }
    )
  }

  /// The same of configurations as YAML has them.
  init(_ configurations: [(name: String, tree: Node)]) {
    let trees = configurations.map { ($0.name, leaves: $0.tree.leaves()) }
    var keys: [String] = []
    for key in trees.flatMap({ $0.leaves.map(\.key) }) where !keys.contains(key) { keys.append(key) }
    self = keys.compactMap { key in
      let values = trees.reduce(into: [:]) { values, tree in
        values[tree.0] = tree.leaves.first { $0.key == key }?.text
      }
      let isShared = values.count == trees.count && Set(values.values).count < 2
      return isShared ? nil : DifferingSetting(key: key, values: values)
    }
  }

  /// A row for each key, a column for each of what is compared.
  /// - Parameter names: What is compared, by its names here and in the head.
  func table(_ names: [(name: String, title: String)]) -> Table {
    Table(
      columns: [TableColumn("setting")] + names.map { TableColumn($0.title, .right) },
      rows: map { setting in [setting.key] + names.map { setting.values[$0.name] ?? "–" } })
  }
}
