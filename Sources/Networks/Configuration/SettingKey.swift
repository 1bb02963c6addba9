/// A key of a table of settings: its name, its place, what it means and what is allowed.
public struct SettingKey<Root>: Sendable {
  /// What the key is.
  public let description: SettingDescription
  let encode: @Sendable (Root, inout KeyedEncodingContainer<SettingName>) throws -> Void
  let decode: @Sendable (inout Root, KeyedDecodingContainer<SettingName>) throws -> Void
  let check: @Sendable (Root) throws(SettingError) -> Void

  /// A key.
  /// - Parameters:
  ///   - name: The property's name.
  ///   - path: The property.
  ///   - explanation: What it means, with its unit, for a list of keys; of which values, `range` says.
  ///   - range: Which values are allowed; all of the type when nil.
  ///   - alternative: The name of an optional key that must be `null` where this one is not: writing this one removes it.
  public init<Value: SettingValue>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ explanation: String,
    _ range: SettingRange<Value>? = nil, insteadOf alternative: String? = nil
  ) {
    self.init(
      name, path, explanation, range: range?.text, alternative: alternative,
      isAllowed: { range?.contains($0) ?? true })
  }

  /// A key that may have no value.
  public init<Value: SettingValue>(
    _ name: String, optional path: WritableKeyPath<Root, Value?> & Sendable, _ explanation: String,
    _ range: SettingRange<Value>? = nil, insteadOf alternative: String? = nil
  ) {
    self.init(
      name, path, explanation, range: range?.text, alternative: alternative,
      isAllowed: { value in value.map { range?.contains($0) ?? true } ?? true })
  }

  private init<Value: SettingValue>(
    _ name: String, _ path: WritableKeyPath<Root, Value> & Sendable, _ explanation: String, range: String?,
    alternative: String?, isAllowed: @escaping @Sendable (Value) -> Bool
  ) {
    description = SettingDescription(
      name: name, explanation: explanation, range: range, isOptional: Value.isOptional,
      alternative: alternative, schema: Value.schema)
    let key = SettingName(name)
    encode = { root, container in try container.encode(root[keyPath: path], forKey: key) }
    decode = { root, container in root[keyPath: path] = try container.decode(Value.self, forKey: key) }
    check = { root throws(SettingError) in
      let value = root[keyPath: path]
      do throws(SettingError) { try value.check() } catch { throw error.below(name) }
      guard !isAllowed(value) else { return }
      throw SettingError(key: name, reason: "must be \(range ?? "something else"), not \(shown(value))")
    }
  }
}

/// What a key of a table of settings is.
public struct SettingDescription: Sendable {
  /// The name in files.
  public let name: String
  /// What it means.
  public let explanation: String
  /// Which values are allowed, as after "must be"; nil for all of the type.
  public let range: String?
  /// Whether `null` is allowed.
  public let isOptional: Bool
  /// The key that must be `null` where this one is not.
  public let alternative: String?
  /// What can be written.
  public let schema: SettingSchema
}

/// A value as messages show it, without the word `Optional`.
private func shown(_ value: some Any) -> String {
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional, let child = mirror.children.first { return "\(child.value)" }
  return "\(value)"
}
