import Foundation
import Networks

/// How a number becomes one of countably many values, each with a row of an embedding.
public enum Discretization: Hashable, Sendable {
  /// `floor(ln(v)^2)` for whole numbers above 2, and `v - 2` for the others: the first is at least 1, the second at
  /// most 0, so no value stands for both.
  ///
  /// **Source** the winners of the Criteo challenge of 2014, as in pytorch-fm's `CriteoDataset`.
  case logSquare
  /// `floor(v / width)`.
  case width(Double)
  /// How many of these ascending numbers are at most `v`.
  case boundaries([Double])

  /// The values of whole numbers below its count, by ``logSquare``.
  private static let small: [Int32] = (0..<8_192).map { Int32(computed($0)) }

  /// The value of a whole number by ``logSquare``.
  static func logSquare(_ number: Int) -> Int {
    number >= 0 && number < small.count ? Int(small[number]) : computed(number)
  }

  private static func computed(_ number: Int) -> Int {
    guard number > 2 else { return number - 2 }
    let logarithm = log(Double(number))
    return Int(logarithm * logarithm)
  }

  /// The value of a number by ``width(_:)`` or ``boundaries(_:)``; nil where it has more than 31 bits.
  func value(of number: Double) -> Int32? {
    switch self {
    case .logSquare: Int(exactly: number).flatMap { Int32(exactly: Self.logSquare($0)) }
    case .width(let width): Int32(exactly: (number / width).rounded(.down))
    case .boundaries(let bounds): Int32(bounds.prefix { $0 <= number }.count)
    }
  }
}

extension Discretization: NamedValue {
  /// Reads `logSquare`, `width(10)`, `boundaries(18, 25, 35)`.
  public init?(_ text: String) {
    func numbers(after name: String) -> [Double]? {
      guard text.hasPrefix(name + "("), text.hasSuffix(")") else { return nil }
      let parts = text.dropFirst(name.count + 1).dropLast().split(
        separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
      return numbers.count == parts.count && numbers.allSatisfy(\.isFinite) ? numbers : nil
    }
    if text == "logSquare" {
      self = .logSquare
    } else if let width = numbers(after: "width"), width.count == 1, width[0] > 0 {
      self = .width(width[0])
    } else if let bounds = numbers(after: "boundaries"), !bounds.isEmpty,
      zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 })
    {
      self = .boundaries(bounds)
    } else {
      return nil
    }
  }

  /// As it is read.
  public var description: String {
    switch self {
    case .logSquare: "logSquare"
    case .width(let width): "width(\(width))"
    case .boundaries(let bounds): "boundaries(\(bounds.map(\.description).joined(separator: ", ")))"
    }
  }

  /// What can be written.
  public static let names = "logSquare, width(W) with W above 0, boundaries(A, B, ...) with A < B"
}
