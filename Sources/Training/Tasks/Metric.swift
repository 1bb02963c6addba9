/// A number that says how good a network is.
public struct Metric: Sendable, Hashable {
  /// The name, such as `accuracy`; in files it follows the split's, as in `validationAccuracy`.
  public let name: String
  /// What people call it, such as `accuracy` or `average precision`.
  public let title: String
  /// Whether more is better.
  public let higherIsBetter: Bool
  /// Whether it is a fraction that people read in percent.
  public let isFraction: Bool

  /// A metric.
  /// - Parameters:
  ///   - name: The name in files.
  ///   - title: What people call it; the words of the name when nil.
  ///   - higherIsBetter: Whether more is better.
  ///   - isFraction: Whether it is a fraction that people read in percent.
  public init(_ name: String, title: String? = nil, higherIsBetter: Bool, isFraction: Bool = false) {
    self.name = name
    self.title = title ?? name.separatedWords
    self.higherIsBetter = higherIsBetter
    self.isFraction = isFraction
  }

  /// The fraction of samples whose class is the predicted one.
  public static let accuracy = Metric("accuracy", higherIsBetter: true, isFraction: true)
  /// The mean loss.
  public static let loss = Metric("loss", higherIsBetter: false)
  /// The area under the receiver operating characteristic.
  public static let areaUnderCurve = Metric("AUC", higherIsBetter: true, isFraction: true)
  /// The average precision.
  public static let averagePrecision = Metric(
    "AP", title: "average precision", higherIsBetter: true, isFraction: true)

  /// The mean binary cross-entropy of probabilities, in nats.
  public static let logLoss = Metric("logLoss", higherIsBetter: false)

  /// The name in files of the metric on a part of the data: `validationAccuracy`, `testAUC`.
  public func name(on split: Split) -> String {
    split.rawValue + name.prefix(1).uppercased() + name.dropFirst()
  }

  /// What people call the metric on a part of the data, with the unit: `test accuracy (%)`.
  public func title(on split: Split) -> String { "\(split.title) \(title)" + (isFraction ? " (%)" : "") }

  /// Whether a value is better than another.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    higherIsBetter ? value > other : value < other
  }
}

extension String {
  /// The words of a name such as `skippedImages`: `skipped images`. Capitals in a row, as in `AUC`, are left as they are.
  var separatedWords: String {
    var words = ""
    var previous: Character = "A"
    for character in self {
      let isStart = character.isUppercase && !previous.isUppercase
      words += isStart ? " " + character.lowercased() : String(character)
      previous = character
    }
    return words
  }
}
