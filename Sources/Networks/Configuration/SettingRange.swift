/// What values of a setting are allowed.
public struct SettingRange<Value: Sendable>: Sendable {
  /// In words, as after "must be": `from 1 to 100`.
  public let text: String
  let contains: @Sendable (Value) -> Bool

  /// The values for which a condition holds.
  /// - Parameters:
  ///   - text: The condition in words, as after "must be".
  ///   - contains: The condition.
  public init(_ text: String, contains: @escaping @Sendable (Value) -> Bool) {
    self.text = text
    self.contains = contains
  }
}

extension SettingRange where Value: Comparable {
  /// From one value to another, both included.
  public static func within(_ range: ClosedRange<Value>) -> SettingRange {
    SettingRange("from \(written(range.lowerBound)) to \(written(range.upperBound))") { range.contains($0) }
  }

  /// From one value on to less than another.
  public static func within(_ range: Range<Value>) -> SettingRange {
    SettingRange("at least \(written(range.lowerBound)) and less than \(written(range.upperBound))") {
      range.contains($0)
    }
  }

  /// A value and all finite ones above it.
  public static func atLeast(_ bound: Value) -> SettingRange {
    SettingRange("at least \(written(bound))") { isFinite($0) && $0 >= bound }
  }
}

extension SettingRange where Value: Comparable & ExpressibleByIntegerLiteral {
  /// Finite, and more than 0.
  public static var positive: SettingRange { SettingRange("positive") { isFinite($0) && $0 > 0 } }
}

extension SettingRange<Double> {
  /// In [0, 1): a probability with which something is dropped.
  public static var dropout: SettingRange { .within(0..<1) }
}

extension SettingRange {
  /// Lists each of whose elements is allowed.
  public static func each<Element>(_ range: SettingRange<Element>) -> SettingRange where Value == [Element] {
    SettingRange("values \(range.text)") { $0.allSatisfy(range.contains) }
  }
}

private func isFinite(_ value: some Any) -> Bool { (value as? Double)?.isFinite ?? true }

/// A bound as people write it: `1`, where Swift writes `1.0`.
private func written(_ bound: some Any) -> String {
  let text = "\(bound)"
  return bound is Double && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
