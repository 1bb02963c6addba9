/// A number that says how good a network is.
public struct Metric: Sendable, Hashable {
  /// The name, such as `accuracy`; in files it follows the split's, as in `validationAccuracy`.
  public let name: String
  /// Whether more is better.
  public let higherIsBetter: Bool
  /// Whether it is a fraction that people read in percent.
  public let isFraction: Bool

  /// A metric.
  public init(_ name: String, higherIsBetter: Bool, isFraction: Bool = false) {
    self.name = name
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
  public static let averagePrecision = Metric("AP", higherIsBetter: true, isFraction: true)

  /// The name in files of the metric on a part of the data: `validationAccuracy`, `testAUC`.
  public func name(on split: Split) -> String {
    split.rawValue + name.prefix(1).uppercased() + name.dropFirst()
  }

  /// The title of a table's column: the name in files, with the unit.
  public func title(on split: Split) -> String { name(on: split) + (isFraction ? " (%)" : "") }

  /// Whether a value is better than another.
  func isBetter(_ value: Double, than other: Double) -> Bool {
    higherIsBetter ? value > other : value < other
  }
}
