import Basics
import Datasets
import Foundation
import Networks
import Yams

/// Overrides keys of a configuration by a YAML file and `key=value` assignments.
///
/// Every key must be one of the configuration's, and every value must have its type.
package struct ConfigurationOverlay: Sendable {
  /// What overrides, in order. YAML text, because `Node` itself is not `Sendable`.
  private let layers: [Layer]

  private struct Layer {
    /// For messages.
    let source: String
    let yaml: String
    /// The keys of a dotted path, whose value the text is; none for a file.
    var path: [String] = []
    /// Whether the text is one value, whatever characters it has.
    var isLiteral = false

    /// The keys and values; nil when there are none.
    func tree() throws -> Node? {
      guard !path.isEmpty else { return try ConfigurationOverlay.parse(yaml, source: source)?.settings }
      guard !isLiteral else { return nested(Node(yaml, .implicit, .plain)) }
      let hint =
        "; write a list as [a, b] and a text that begins like one in quotation marks: --set 'key=\"[a\"'"
      return nested(try ConfigurationOverlay.parse(yaml, source: source, hint: hint) ?? Node(""))
    }

    private func nested(_ value: Node) -> Node {
      path.reversed().reduce(value) { Node([(Node($1), $0)]) }
    }
  }

  /// - Parameters:
  ///   - file: A YAML file whose keys override first; nil for none.
  ///   - assignments: `path.to.key=value`, in order.
  /// - Throws: ``ConfigurationError`` when the file cannot be read or an assignment has no `=`.
  package init(file: URL? = nil, assignments: [String] = []) throws {
    var layers: [Layer] = []
    if let file {
      guard let text = try? String(contentsOf: file, encoding: .utf8) else {
        throw ConfigurationError.malformed(
          source: file.path, reason: "cannot be read; give --config a YAML file")
      }
      layers.append(Layer(source: file.path, yaml: text))
    }
    for assignment in assignments {
      guard let equals = assignment.firstIndex(of: "="), equals > assignment.startIndex else {
        throw ConfigurationError.malformed(source: "--set \(assignment)", reason: "write KEY=VALUE")
      }
      let value = assignment[assignment.index(after: equals)...].drop { $0 == " " }
      // A list, a table or a text in quotation marks is YAML; anything else means itself, as `a#b` or `*c` do not in YAML.
      layers.append(
        Layer(
          source: "--set \(assignment)", yaml: String(value),
          path: assignment[..<equals].split(separator: ".").map(String.init),
          isLiteral: value.first.map { !"[{\"'".contains($0) } ?? true))
    }
    self.layers = layers
  }

  /// The configuration with its keys overridden, checked.
  /// - Throws: ``ConfigurationError``.
  package func applied<Configuration: TaskConfiguration>(to base: Configuration) throws -> Configuration {
    guard !layers.isEmpty else { return try base.checked() }
    let tree = try merged(into: base)
    do {
      return try YAMLDecoder().decode(Configuration.self, from: Yams.serialize(node: tree)).checked()
    } catch let error as DecodingError {
      throw ConfigurationOverlay.readable(error, in: tree)
    }
  }

  /// Whether a key of a configuration takes whole numbers only.
  /// - Throws: ``ConfigurationError`` when there is no such key.
  package static func isWholeNumber<Configuration: TaskConfiguration>(
    _ key: String, in configuration: Configuration
  ) throws -> Bool {
    let tree = try ConfigurationOverlay(assignments: ["\(key)=0"]).merged(into: configuration)
    let path = key.split(separator: ".").map(String.init)
    let isShort = Configuration.schema.below(path[0]) == nil
    let model = isShort ? tree.mapping.flatMap { ModelInUse(of: $0, Configuration.schema)?.path } : nil
    let schema = ((model ?? []) + path).reduce(Optional(Configuration.schema)) { $0?.below($1) }
    if case .value(Int.typeText)? = schema { return true }
    return false
  }

  /// The tree of a configuration with the values of all layers.
  private func merged<Configuration: TaskConfiguration>(into base: Configuration) throws -> Node {
    var tree = try ConfigurationOverlay.tree(base)
    for layer in layers {
      guard let node = try layer.tree() else { continue }
      try Merge(layer: layer, root: Configuration.schema).merge(
        node, into: &tree, Configuration.schema, at: [])
    }
    return tree
  }

  fileprivate static func tree(_ configuration: some Encodable) throws -> Node {
    try parse(YAMLEncoder().encode(configuration), source: "configuration") ?? Node([(Node, Node)]())
  }

  /// A few lines of aliases of aliases stand for any number of values.
  private static let maximumNodeCount = 10_000

  private static func parse(_ text: String, source: String, hint: String = "") throws -> Node? {
    do {
      let tree = try Yams.compose(yaml: text)
      var rest = maximumNodeCount
      guard tree?.isWithin(&rest) ?? true else {
        throw ConfigurationError.malformed(
          source: source,
          reason: "has more than \(maximumNodeCount) values, those that aliases repeat included")
      }
      return tree
    } catch let error as ConfigurationError {
      throw error
    } catch {
      throw ConfigurationError.malformed(
        source: source, reason: "is not YAML: \(String(describing: error).prefix(200))\(hint)")
    }
  }

  /// Puts one layer's values into the tree of a configuration, as its schema allows.
  private struct Merge {
    let layer: Layer
    let root: SettingSchema

    func merge(_ node: Node, into tree: inout Node, _ schema: SettingSchema, at path: [String]) throws {
      let key = path.joined(separator: ".")
      switch schema {
      case .value(let type):
        guard case .scalar = node else { throw refusal(key, "must be one value") }
        tree = try node.decimal(type, key)
      case .list(let element):
        if case .mapping = node { throw refusal(key, "must be a list") }
        guard case .sequence(let sequence) = node, case .value(let type) = element else { return tree = node }
        tree = Node(try sequence.map { try $0.decimal(type, key) }, sequence.tag, sequence.style)
      case .table(let type): try merge(node, intoTable: &tree, type, at: path)
      case .choice(let kinds): try merge(node, intoChoice: &tree, kinds, at: path)
      case .dictionary(let type):
        guard case .mapping(let entries) = node else { throw refusal(key, "must be a table") }
        var known = tree.mapping ?? Node.Mapping([])
        for (name, value) in entries {
          var child = try known[name] ?? defaults(type)
          try merge(value, into: &child, .table(type), at: path + [name.string ?? ""])
          known[name] = child
        }
        tree = .mapping(known)
      }
    }

    private func merge(
      _ node: Node, intoTable tree: inout Node, _ type: any Settings.Type, at path: [String]
    ) throws {
      let descriptions = type.descriptions
      guard case .mapping(let entries) = node else {
        let keys = descriptions.map(\.name).joined(separator: ", ")
        guard !path.isEmpty else {
          throw ConfigurationError.malformed(source: layer.source, reason: "must be a table of keys: \(keys)")
        }
        throw ConfigurationError.value(
          key: path.joined(separator: "."), reason: "is a table; set one of its keys: \(keys)")
      }
      var known = try tree.mapping ?? defaults(type).mapping ?? Node.Mapping([])
      for (name, value) in entries {
        let full = path + [name.string ?? ""]
        guard let description = descriptions.first(where: { $0.name == name.string }) else {
          if path.isEmpty, try mergeShort(name, value, into: &known) { continue }
          let short = path.isEmpty ? ModelInUse(of: known, root)?.keys : nil
          throw unknown(name.string ?? "", among: descriptions.map(\.name), at: path, short: short ?? [])
        }
        var child = known[name] ?? Node("")
        try merge(value, into: &child, description.schema, at: full)
        known[name] = child
        // Of two keys that exclude each other the one that is written stays.
        if let alternative = description.alternative, child.isSomething, entries[Node(alternative)] == nil {
          known[Node(alternative)] = Node("null", Tag(.null))
        }
      }
      tree = .mapping(known)
    }

    /// - Returns: Whether the model in use has the key.
    private func mergeShort(_ name: Node, _ value: Node, into known: inout Node.Mapping) throws -> Bool {
      guard let model = ModelInUse(of: known, root), model.keys.contains(name.string ?? ""),
        var tree = known["model"],
        let schema = root.below("model")
      else { return false }
      let full = model.path.dropFirst().reversed().reduce(Node([(name, value)])) { Node([(Node($1), $0)]) }
      try merge(full, into: &tree, schema, at: ["model"])
      known["model"] = tree
      return true
    }

    private func merge(
      _ node: Node, intoChoice tree: inout Node, _ kinds: [any SettingKind.Type], at path: [String]
    ) throws {
      let key = path.joined(separator: ".")
      let names = kinds.map { $0.name }
      func kind(_ name: String) throws -> any SettingKind.Type {
        if let kind = kinds.first(where: { $0.name == name }) { return kind }
        throw ConfigurationError.value(key: key, reason: noneOf(names, name))
      }
      if case .scalar(let scalar) = node {
        guard node.isSomething else { return tree = node }
        tree = Node([(Node(scalar.string), try defaults(kind(scalar.string)))])
        return
      }
      guard case .mapping(let entries) = node, entries.count == 1, let entry = entries.first,
        let name = entry.key.string
      else { throw refusal(key, "must be one of \(names.joined(separator: ", "))") }
      let present = tree.mapping?.keys.first?.string
      if names.contains(name), name != present, path.count + 1 < layer.path.count {
        throw ConfigurationError.value(
          key: "\(key).\(name)",
          reason: "is not in use, \(key) being \(present ?? "null"); add --set \(key)=\(name) before")
      }
      guard names.contains(name) else {
        let present = try kind(present ?? names[0])
        throw present.descriptions.contains { $0.name == name }
          ? .elsewhere(key: "\(key).\(name)", places: ["\(key).\(present.name).\(name)"])
          : unknown(name, among: names, at: path)
      }
      let type = try kind(name)
      var settings = try name == present ? tree.mapping?[entry.key] ?? defaults(type) : defaults(type)
      if entry.value.mapping != nil {
        try merge(entry.value, into: &settings, .table(type), at: path + [name])
      }
      tree = Node([(entry.key, settings)])
    }

    private func defaults(_ type: any Settings.Type) throws -> Node {
      try ConfigurationOverlay.tree(type.init())
    }

    private func refusal(_ key: String, _ reason: String) -> ConfigurationError {
      .value(key: key, reason: "\(reason) (\(layer.source))")
    }

    /// There is no such key in a table: names where else there are keys of the name, or the nearest there.
    /// - Parameter short: Further keys that may be written there.
    private func unknown(
      _ name: String, among names: [String], at path: [String], short: [String] = []
    ) -> ConfigurationError {
      let prefix = path.map { $0 + "." }.joined()
      let places = root.places(of: name)
      if !places.isEmpty { return .elsewhere(key: prefix + name, places: places) }
      let near = nearest(to: name, among: names + short)
      return .unknown(
        kind: "key", name: prefix + name, nearest: near.map { prefix + $0 },
        known: (names + short).map { prefix + $0 })
    }
  }

  /// The model that a configuration uses, whose keys may be written without its name: `hidden` for `model.gcn.hidden`.
  private struct ModelInUse {
    let path: [String]
    let keys: [String]

    /// Nil for a configuration without a model.
    init?(of tree: Node.Mapping, _ root: SettingSchema) {
      guard let model = root.below("model") else { return nil }
      var (path, schema) = (["model"], model)
      if case .choice = model, let kind = tree["model"]?.mapping?.keys.first?.string,
        let settings = model.below(kind)
      {
        path.append(kind)
        schema = settings
      }
      guard case .table(let type) = schema else { return nil }
      self.path = path
      keys = type.descriptions.map(\.name)
    }
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
    case is Int.Type: Int.typeText
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

extension Node {
  /// The configuration of a run's `run.yaml`, whose other part says what the run is; of any other file itself.
  fileprivate var settings: Node {
    guard case .mapping(let mapping) = self, mapping["run"] != nil else { return self }
    return mapping["configuration"] ?? self
  }

  /// A number as people read it: YAML 1.1 has 8 for `010`, 90 for `1:30` and 10 for `1_0`.
  /// - Throws: ``ConfigurationError`` where it is not written in decimal digits.
  fileprivate func decimal(_ type: String, _ key: String) throws -> Node {
    guard [Int.typeText, Double.typeText].contains(type), case .scalar(let scalar) = self,
      scalar.style != .singleQuoted, scalar.style != .doubleQuoted
    else { return self }
    let sign = scalar.string.prefix { "+-".contains($0) }
    let digits = scalar.string.dropFirst(sign.count)
    guard digits.first?.isNumber == true else { return self }
    guard !digits.contains(where: ":_xobXOB".contains) else {
      throw ConfigurationError.value(
        key: key, reason: "must be \(type) in decimal digits, not '\(scalar.string)'")
    }
    let zeros = digits.dropLast().prefix { $0 == "0" }
    let rest = String(digits.dropFirst(zeros.count))
    return zeros.isEmpty ? self : Node(sign + (rest.first?.isNumber == true ? rest : "0" + rest))
  }

  /// Whether a value is written.
  fileprivate var isSomething: Bool {
    if case .scalar = self { return null == nil }
    return true
  }
}

extension Node {
  /// Whether it has no more than `rest` nodes; takes theirs off.
  fileprivate func isWithin(_ rest: inout Int) -> Bool {
    rest -= 1
    guard rest >= 0 else { return false }
    switch self {
    case .scalar, .alias: return true
    case .mapping(let mapping):
      return mapping.allSatisfy { $0.key.isWithin(&rest) && $0.value.isWithin(&rest) }
    case .sequence(let sequence): return sequence.allSatisfy { $0.isWithin(&rest) }
    }
  }
}
