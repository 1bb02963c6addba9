/// A number for each part of the rows.
public struct PartCounts: Codable, Hashable, Sendable {
  /// Of the training rows.
  public var training: Int
  /// Of the validation rows.
  public var validation: Int
  /// Of the test rows.
  public var test: Int

  /// Numbers.
  public init(training: Int = 0, validation: Int = 0, test: Int = 0) {
    (self.training, self.validation, self.test) = (training, validation, test)
  }

  /// Of all rows.
  public var total: Int { training + validation + test }

  /// By the number of the part.
  subscript(part: Int) -> Int {
    get { part == 0 ? training : part == 1 ? validation : test }
    set {
      if part == 0 {
        training = newValue
      } else if part == 1 {
        validation = newValue
      } else {
        test = newValue
      }
    }
  }

  static func + (x: PartCounts, y: PartCounts) -> PartCounts {
    PartCounts(
      training: x.training + y.training, validation: x.validation + y.validation, test: x.test + y.test)
  }
}
