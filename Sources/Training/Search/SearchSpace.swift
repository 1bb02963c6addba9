import Basics
import Networks

/// What a search tries.
public enum SearchSpace: Equatable, Sendable {
  /// Every combination of the values, the last axis changing fastest.
  case grid([SearchAxis])
  /// Combinations drawn from a seed, no two alike.
  case random([SearchAxis], trials: Int, drawSeed: UInt64)

  /// The most trials of a search.
  public static let maximumTrialCount = 10_000

  /// What varies.
  public var axes: [SearchAxis] {
    switch self {
    case .grid(let axes), .random(let axes, _, _): axes
    }
  }

  /// The settings of each trial.
  /// - Parameter isWhole: Whether a key takes whole numbers only.
  /// - Throws: ``ConfigurationError`` when there is no trial, too many, or a key twice.
  func trials(isWhole: (String) throws -> Bool) throws -> [[SearchSetting]] {
    let keys = axes.map(\.key)
    guard !keys.isEmpty else {
      throw ConfigurationError.value(key: "search", reason: "nothing varies; give --grid or --random")
    }
    for (index, key) in keys.enumerated() {
      if let other = keys[..<index].first(where: { key.isKey(orBelow: $0) || $0.isKey(orBelow: key) }) {
        throw ConfigurationError.value(
          key: key, reason: key == other ? "is there twice" : "\(other) is there too, and holds the other")
      }
    }
    switch self {
    case .grid(let axes): return try SearchSpace.grid(axes)
    case .random(let axes, let trials, let drawSeed):
      return try SearchSpace.random(axes, trials, drawSeed, isWhole: axes.map { try isWhole($0.key) })
    }
  }

  private static func grid(_ axes: [SearchAxis]) throws -> [[SearchSetting]] {
    var trials: [[SearchSetting]] = [[]]
    for axis in axes {
      guard case .choices(let choices) = axis.values else {
        throw ConfigurationError.value(key: axis.key, reason: "a grid has values, not a range")
      }
      guard trials.count * choices.count <= maximumTrialCount else {
        throw ConfigurationError.value(
          key: "--grid", reason: "has more than \(maximumTrialCount) combinations; use --random")
      }
      trials = trials.flatMap { trial in choices.map { trial + [SearchSetting(key: axis.key, value: $0)] } }
    }
    return trials
  }

  private static func random(
    _ axes: [SearchAxis], _ count: Int, _ drawSeed: UInt64, isWhole: [Bool]
  ) throws -> [[SearchSetting]] {
    guard (1...maximumTrialCount).contains(count) else {
      throw ConfigurationError.value(
        key: "--trials", reason: "must be from 1 to \(maximumTrialCount), not \(count)")
    }
    for (axis, isWhole) in zip(axes, isWhole) where isWhole {
      if case .range(let range, _) = axis.values,
        range.lowerBound.rounded(.up) > range.upperBound.rounded(.down)
      {
        throw ConfigurationError.value(
          key: "--random \(axis.text)", reason: "no whole number is in the range")
      }
    }
    var trials: [[SearchSetting]] = []
    var seen: Set<[SearchSetting]> = []
    for number in 0..<count {
      // A thousand draws in a row that are all there already: there are no others, or hardly any.
      let fresh = (0..<1_000).lazy.map { attempt in
        zip(axes, isWhole).map { axis, isWhole in
          // The upper 53 bits as a number in [0, 1).
          let bits = derivedSeed(drawSeed, "search/\(number)/\(attempt)/\(axis.key)") >> 11
          return SearchSetting(
            key: axis.key, value: axis.value(Double(bits) * 0x1p-53, isWhole: isWhole))
        }
      }.first { !seen.contains($0) }
      guard let fresh else {
        throw ConfigurationError.value(
          key: "--trials",
          reason: "only \(number) unlike combinations were found, not \(count); ask for fewer")
      }
      seen.insert(fresh)
      trials.append(fresh)
    }
    return trials
  }
}

extension String {
  /// Whether the key is another one or in the table that the other one names.
  package func isKey(orBelow other: String) -> Bool { self == other || hasPrefix(other + ".") }
}
