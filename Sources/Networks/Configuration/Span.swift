/// A stretch of training, counted in epochs or in steps: `5 epochs`, `500 steps`.
public struct Span: Hashable, Sendable {
  /// What is counted.
  public enum Unit: String, Sendable {
    /// Passes over the training data.
    case epochs
    /// Updates of the parameters.
    case steps
  }

  /// How many; at least 1.
  public let count: Int
  /// Of what.
  public let unit: Unit

  /// So many epochs.
  public static func epochs(_ count: Int) -> Span { Span(count: count, unit: .epochs) }
  /// So many steps.
  public static func steps(_ count: Int) -> Span { Span(count: count, unit: .steps) }

  /// The steps of the span; nil where it counts epochs and there are none.
  /// - Parameter stepsPerEpoch: The steps of an epoch; nil where training has no epochs.
  public func steps(stepsPerEpoch: Int?) -> Int? {
    switch unit {
    case .steps: count
    case .epochs:
      stepsPerEpoch.map { $0.multipliedReportingOverflow(by: count) }
        .map { $0.overflow ? .max : $0.partialValue }
    }
  }
}

extension Span {
  /// The steps of the span, which is a setting.
  /// - Parameters:
  ///   - stepsPerEpoch: The steps of an epoch; nil where training has no epochs.
  ///   - key: The setting's key.
  /// - Throws: ``SettingError`` where it counts epochs and there are none.
  package func steps(stepsPerEpoch: Int?, key: String) throws(SettingError) -> Int {
    if let steps = steps(stepsPerEpoch: stepsPerEpoch) { return steps }
    throw SettingError(
      key: key, reason: "counts epochs (\(self)), which this task does not have; write steps")
  }
}

extension Span: NamedValue {
  /// Reads `1 epoch`, `5 epochs`, `1 step`, `500 steps`.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, let count = Int(words[0]), (1...1_000_000_000).contains(count),
      let unit = Unit(rawValue: words[1].hasSuffix("s") ? String(words[1]) : words[1] + "s")
    else { return nil }
    self.init(count: count, unit: unit)
  }

  /// As it is read.
  public var description: String {
    count == 1 ? "1 \(unit.rawValue.dropLast())" : "\(count) \(unit.rawValue)"
  }

  /// What can be written.
  public static let names = "N epochs, N steps, with N at least 1"
}
