/// Which shares of a file's rows are for what. Which rows, a permutation of their numbers by the seed decides
/// (``IndexPermutation``): the first `Int(training * N)` places are for training, the next `Int(validation * N)` for
/// validation, the rest for the test; lines without a row have a number too.
public struct SplitShares: Codable, Hashable, Sendable {
  /// To learn from.
  public let training: Double
  /// To select by.
  public let validation: Double
  /// To report.
  public let test: Double

  /// Shares whose sum is 1.
  /// - Throws: ``PreparationError/setting(name:reason:)`` where they are not.
  public init(_ training: Double, _ validation: Double, _ test: Double) throws {
    guard [training, validation, test].allSatisfy({ (0...1).contains($0) }),
      abs(training + validation + test - 1) < 1e-9
    else {
      throw PreparationError.setting(
        name: "--split", reason: "must be three shares of which the sum is 1, such as 0.8,0.1,0.1")
    }
    self.init(unchecked: training, validation, test)
  }

  private init(unchecked training: Double, _ validation: Double, _ test: Double) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// 80, 10 and 10 %, as Launay et al. 2020.
  public static let published = SplitShares(unchecked: 0.8, 0.1, 0.1)
  /// 70, 20 and 10 %, as Frappe's and MovieLens' in BARS.
  public static let bars = SplitShares(unchecked: 0.7, 0.2, 0.1)
  /// A file to learn from.
  public static let training = SplitShares(unchecked: 1, 0, 0)
  /// A file to select by.
  public static let validation = SplitShares(unchecked: 0, 1, 0)
  /// A file to report.
  public static let test = SplitShares(unchecked: 0, 0, 1)
  /// A file of which one half selects, and the other is reported.
  public static let halves = SplitShares(unchecked: 0, 0.5, 0.5)
}
