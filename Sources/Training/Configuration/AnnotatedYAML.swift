import Networks
import Yams

/// A configuration as a YAML file that says of each key what it means and what is allowed.
package func annotatedYAML<Configuration: TaskConfiguration>(_ configuration: Configuration) throws -> String
{
  var lines: [(text: String, comment: String)] = []
  if let tree = try Yams.compose(yaml: readableYAML(configuration)) {
    append(tree, Configuration.schema, indentation: "", to: &lines)
  }
  let width = min(lines.map(\.text.count).max() ?? 0, 40)
  return lines.map { text, comment in
    guard !comment.isEmpty else { return text }
    let padding = String(repeating: " ", count: max(width - text.count, 0))
    return "\(text)\(padding)  # \(comment)"
  }.joined(separator: "\n")
}

private func append(
  _ tree: Node, _ schema: SettingSchema, indentation: String,
  to lines: inout [(text: String, comment: String)]
) {
  guard let mapping = tree.mapping else { return }
  for (key, value) in mapping {
    let name = key.string ?? ""
    guard let child = schema.below(name) else { continue }
    let description = schema.description(of: name)
    let explanation = description?.explanation ?? schema.kind(name)?.summary
    let comment = [explanation, allowed(child, description)].compactMap(\.self).joined(separator: "; ")
    switch child {
    case .table, .choice, .dictionary:
      if value.mapping?.isEmpty ?? true {
        lines.append(("\(indentation)\(name): \(value.mapping == nil ? "null" : "{}")", comment))
      } else {
        lines.append(("\(indentation)\(name):", comment))
        append(value, child, indentation: indentation + "  ", to: &lines)
      }
    case .value, .list: lines.append(("\(indentation)\(name): \(written(value))", comment))
    }
  }
}

/// What can be written, unless any value of the type can.
private func allowed(_ schema: SettingSchema, _ description: SettingDescription?) -> String? {
  if let range = description?.range { return range }
  switch schema {
  case .value(let text): return text.hasPrefix("one of ") ? String(text.dropFirst("one of ".count)) : nil
  case .choice(let kinds): return kinds.map { $0.name }.joined(separator: ", ")
  case .list(let element): return allowed(element, nil)
  case .table, .dictionary: return nil
  }
}

private func written(_ value: Node) -> String {
  switch value {
  case .sequence(let elements): "[\(elements.map(written).joined(separator: ", "))]"
  case .scalar(let scalar):
    value.null != nil
      ? "null"
      : scalar.style == .plain ? scalar.string : "'\(scalar.string.replacing("'", with: "''"))'"
  case .mapping, .alias: ""
  }
}
