import Yams

/// A value as YAML with its numbers as people write them: `0.1`, where Yams writes `1e-1`.
package func readableYAML(_ value: some Encodable) throws -> String {
  let node = try Yams.compose(yaml: YAMLEncoder().encode(value)) ?? Node("")
  return try Yams.serialize(node: node.withReadableNumbers)
}

extension Node {
  fileprivate var withReadableNumbers: Node {
    switch self {
    case .mapping(let mapping):
      return Node(mapping.map { ($0.key, $0.value.withReadableNumbers) })
    case .sequence(let sequence):
      return Node(sequence.map(\.withReadableNumbers), sequence.tag, sequence.style)
    case .scalar(let scalar):
      guard scalar.style != .singleQuoted, scalar.style != .doubleQuoted, scalar.string.contains("e"),
        let number = Double(scalar.string)
      else { return self }
      return Node(number.description, Tag(.float))
    case .alias:
      return self
    }
  }
}
