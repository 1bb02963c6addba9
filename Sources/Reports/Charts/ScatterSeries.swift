import Basics

/// Points of one colour in a scatter chart, such as those of one class.
public struct ScatterSeries: Sendable, Equatable {
  /// Name of the points in the legend; series of the same name look alike in all panels.
  public let name: String
  /// Where the points are from left to right.
  public let x: [Double]
  /// Where the points are from bottom to top.
  public let y: [Double]

  /// Points; traps when `x` and `y` differ in number.
  public init(name: String, x: [Double], y: [Double]) {
    require(x.count == y.count, "points \"\(name)\": \(x.count) and \(y.count) coordinates")
    self.name = name
    self.x = x
    self.y = y
  }
}
