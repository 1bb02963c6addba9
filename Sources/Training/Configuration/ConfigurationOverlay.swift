import Basics
import Datasets
import Foundation
import Yams

/// Lays a YAML file and `key=value` assignments over a configuration.
///
/// Every key must exist in the configuration, and every value must have its type.
package struct ConfigurationOverlay: Sendable {
  /// YAML text and where it is from; `Node` itself is not `Sendable`.
  private let layers: [(source: String, yaml: String)]

  /// - Parameters:
  ///   - file: A YAML file whose keys are laid over first; nil for none.
  ///   - assignments: `path.to.key=value`, laid over in order.
  /// - Throws: ``ConfigurationError`` when the file cannot be read or an assignment has no `=`.
  package init(file: URL? = nil, assignments: [String] = []) throws {
    var layers: [(String, String)] = []
    if let file {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        throw ConfigurationError.malformed(
          source: file.path, reason: "cannot be read; give --config a YAML file")
      }
      layers.append((file.path, text))
    }
    for assignment in assignments {
      guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
        throw ConfigurationError.malformed(source: "--set \(assignment)", reason: "write KEY=VALUE")
      }
      // `a.b=c` as the flow mapping {a: {b: c}}.
      let keys = assignment[..<equals].split(separator: ".")
      let value = assignment[assignment.index(after: equals)...]
      let yaml = keys.map { "{\"\($0)\": " }.joined() + value + String(repeating: "}", count: keys.count)
      layers.append(("--set \(assignment)", yaml))
    }
    self.layers = layers
  }

  /// The configuration with the layers over it, checked.
  /// - Throws: ``ConfigurationError``.
  package func applied<Configuration: TaskConfiguration>(to base: Configuration) throws -> Configuration {
    var result = base
    if !layers.isEmpty {
      var tree = try ConfigurationOverlay.tree(base)
      for layer in layers {
        guard let node = try ConfigurationOverlay.parse(layer.yaml, source: layer.source) else { continue }
        try ConfigurationOverlay.merge(node, into: &tree, at: [], source: layer.source)
      }
      do {
        result = try YAMLDecoder().decode(Configuration.self, from: Yams.serialize(node: tree))
      } catch let error as DecodingError {
        throw ConfigurationOverlay.readable(error, in: tree)
      }
    }
    try result.validateAll()
    return result
  }

  /// Whether a key of a configuration takes whole numbers only.
  /// - Throws: ``ConfigurationError/unknown(kind:name:nearest:known:)`` when there is no such key.
  package static func isWholeNumber(_ key: String, in configuration: some TaskConfiguration) throws -> Bool {
    let tree = try tree(configuration)
    var changed = tree
    for layer in try ConfigurationOverlay(assignments: ["\(key)=0"]).layers {
      guard let node = try parse(layer.yaml, source: layer.source) else { continue }
      try merge(node, into: &changed, at: [], source: layer.source)
    }
    let node = key.split(separator: ".").reduce(Optional(tree)) { $0?[String($1)] }
    return node?.string.flatMap { Int($0) } != nil
  }

  private static func tree(_ configuration: some Encodable) throws -> Node {
    try parse(YAMLEncoder().encode(configuration), source: "configuration") ?? Node([(Node, Node)]())
  }

  private static func parse(_ text: String, source: String) throws -> Node? {
    do {
      return try Yams.compose(yaml: text)
    } catch {
      throw ConfigurationError.malformed(
        source: source, reason: "is not YAML: \(String(describing: error).prefix(200))")
    }
  }

  private static func merge(_ layer: Node, into tree: inout Node, at path: [String], source: String) throws {
    guard case .mapping(var known) = tree else {
      if case .scalar = layer {
        tree = layer
      } else if case .sequence = layer, case .sequence = tree {
        tree = layer
      } else {
        let kind = if case .sequence = tree { "a list" } else { "one value" }
        throw ConfigurationError.value(
          key: path.joined(separator: "."), reason: "must be \(kind) (\(source))")
      }
      return
    }
    guard case .mapping(let entries) = layer else {
      let keys = known.keys.compactMap(\.string).joined(separator: ", ")
      if path.isEmpty {
        throw ConfigurationError.malformed(source: source, reason: "must be a table of keys: \(keys)")
      }
      throw ConfigurationError.value(
        key: path.joined(separator: "."), reason: "is a table; set one of its keys: \(keys)")
    }
    for (key, value) in entries {
      let name = key.string ?? ""
      let full = path + [name]
      guard var child = known[key] else {
        let names = Array(known.keys.compactMap(\.string))
        let prefix = path.map { $0 + "." }.joined()
        throw ConfigurationError.unknown(
          kind: "key", name: full.joined(separator: "."),
          nearest: nearest(to: name, among: names).map { prefix + $0 }, known: names.map { prefix + $0 })
      }
      try merge(value, into: &child, at: full, source: source)
      known[key] = child
    }
    tree = .mapping(known)
  }

  private static func readable(_ error: DecodingError, in tree: Node) -> ConfigurationError {
    func key(_ context: DecodingError.Context) -> String {
      context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
    func value(_ context: DecodingError.Context) -> String {
      let node = context.codingPath.reduce(Optional(tree)) { node, key in
        key.intValue.map { node?[$0] } ?? node?[key.stringValue]
      }
      return node?.string.map { "'\($0)'" } ?? (node?.sequence == nil ? "a table" : "a list")
    }
    switch error {
    case .typeMismatch(let type, let context):
      return .value(key: key(context), reason: "must be \(typeName(type)), not \(value(context))")
    case .dataCorrupted(let context): return .value(key: key(context), reason: context.debugDescription)
    case .valueNotFound(let type, let context):
      return .value(key: key(context), reason: "must be \(typeName(type)), not empty")
    case .keyNotFound(let missing, let context):
      return .value(
        key: (context.codingPath + [missing]).map(\.stringValue).joined(separator: "."), reason: "is missing")
    @unknown default: return .malformed(source: "configuration", reason: "\(error)")
    }
  }

  private static func typeName(_ type: Any.Type) -> String {
    switch type {
    case is Int.Type: "a whole number"
    case is Double.Type, is Float.Type: "a number"
    case is Bool.Type: "true or false"
    case is String.Type: "a text"
    case is Node.Sequence.Type: "a list"
    case is Node.Mapping.Type: "a table"
    case is Node.Scalar.Type: "one value"
    default: "a \(type)"
    }
  }
}
