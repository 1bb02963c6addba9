import Foundation

/// A key of a configuration, and the values that a search tries for it.
public struct SearchAxis: Equatable, Sendable {
  /// Where values come from.
  public enum Values: Equatable, Sendable {
    /// One of these, as in YAML.
    case choices([String])
    /// A number from the bounds to each other, uniform, or uniform in its logarithm.
    case range(ClosedRange<Double>, isLogarithmic: Bool)
  }

  /// The path of the key.
  public let key: String
  /// The values.
  public let values: Values
  /// The axis as it was written.
  public let text: String

  /// Reads `key=value1,value2`. Commas in brackets, braces and quotation marks belong to a value.
  /// - Throws: ``ConfigurationError/value(key:reason:)``.
  public init(grid text: String) throws {
    let (key, list) = try SearchAxis.split(text, option: "--grid")
    self.key = key
    values = .choices(try SearchAxis.choices(list, of: text, option: "--grid"))
    self.text = text
  }

  /// Reads `key=low..high`, `key=low..high:log`, or a choice as for a grid.
  /// - Throws: ``ConfigurationError/value(key:reason:)``.
  public init(random text: String) throws {
    let (key, list) = try SearchAxis.split(text, option: "--random")
    self.key = key
    self.text = text
    guard let dots = list.firstRange(of: "..") else {
      values = .choices(try SearchAxis.choices(list, of: text, option: "--random"))
      return
    }
    let isLogarithmic = list.hasSuffix(":log")
    let high = list[dots.upperBound...].dropLast(isLogarithmic ? ":log".count : 0)
    guard let low = Double(list[..<dots.lowerBound]), let high = Double(high), low.isFinite, high.isFinite
    else {
      throw SearchAxis.refusal("--random", text, "write KEY=LOW..HIGH or KEY=LOW..HIGH:log, of numbers")
    }
    guard low < high else {
      throw SearchAxis.refusal("--random", text, "the range is empty: its first number must be the lower one")
    }
    guard !isLogarithmic || low > 0 else {
      throw SearchAxis.refusal("--random", text, "a logarithmic range must begin above 0")
    }
    values = .range(low...high, isLogarithmic: isLogarithmic)
  }

  /// A value for a number drawn from [0, 1).
  /// - Parameter isWhole: Whether values of a range are whole numbers; others have four significant digits.
  func value(_ share: Double, isWhole: Bool) -> String {
    switch values {
    case .choices(let choices):
      return choices[min(Int(share * Double(choices.count)), choices.count - 1)]
    case .range(let range, let isLogarithmic):
      // Every whole number has the same share, those at the ends too.
      let low = isWhole ? range.lowerBound.rounded(.up) - 0.5 : range.lowerBound
      let high = isWhole ? range.upperBound.rounded(.down) + 0.5 : range.upperBound
      let drawn =
        isLogarithmic ? low * exp(share * log(high / low)) : low + share * (high - low)
      let rounded =
        isWhole ? drawn.rounded() : Double(String(format: "%.4g", drawn)) ?? drawn
      let value = min(max(rounded, range.lowerBound), range.upperBound)
      return isWhole ? String(format: "%.0f", value) : value.description
    }
  }

  private static func split(_ text: String, option: String) throws -> (key: String, list: Substring) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw refusal(option, text, "write KEY=VALUES")
    }
    return (String(text[..<equals]), text[text.index(after: equals)...])
  }

  private static func choices(_ list: Substring, of text: String, option: String) throws -> [String] {
    var choices = [""]
    var depth = 0
    var quote: Character?
    for character in list {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if "[{(".contains(character) {
        depth += 1
      } else if "]})".contains(character) {
        depth -= 1
      } else if character == ",", depth == 0 {
        choices.append("")
        continue
      }
      choices[choices.count - 1].append(character)
    }
    guard !choices.contains("") else {
      throw refusal(option, text, "a value is empty; write KEY=VALUE,VALUE")
    }
    guard Set(choices).count == choices.count else { throw refusal(option, text, "a value is there twice") }
    return choices
  }

  private static func refusal(_ option: String, _ text: String, _ reason: String) -> ConfigurationError {
    .value(key: "\(option) \(text)", reason: reason)
  }
}
