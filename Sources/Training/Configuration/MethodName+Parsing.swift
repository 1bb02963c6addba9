import FeedbackAlignment

extension MethodName {
  /// The method of a name that a person gave.
  /// - Throws: ``ConfigurationError`` with the nearest name.
  public init(parsing name: String) throws {
    guard let method = MethodName(rawValue: name) else {
      throw ConfigurationError.unknown("method", name, among: MethodName.allCases.map(\.rawValue))
    }
    self = method
  }
}
