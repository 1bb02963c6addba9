import Basics

/// Bars of one colour, one for each category of a `BarChart`.
public struct BarSeries: Sendable, Equatable {
  /// Name of the bars in the legend, such as a training method.
  public let name: String
  /// Height of the bar in each category; where it is not finite there is none.
  public let values: [Double]
  /// The standard deviation of each value, drawn as an error bar to either side; nil for a single run.
  public let deviations: [Double]?

  /// Bars; traps when `values` and `deviations` differ in number.
  public init(name: String, values: [Double], deviations: [Double]? = nil) {
    require(
      values.count == deviations?.count ?? values.count,
      "bars \"\(name)\": \(values.count) values, \(deviations?.count ?? 0) deviations")
    self.name = name
    self.values = values
    self.deviations = deviations
  }
}
