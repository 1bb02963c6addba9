/// A row of the ``MethodRegistry`` for what changes any method into another, named after it and a `+`: `dfa+anchors`.
public struct MethodWrapper: Sendable {
  /// The name after the `+`: letters, digits and `-`.
  public let name: String
  /// What to call it in tables, after the method's title.
  public let title: String
  /// The authors and the year.
  public let reference: String
  /// What it changes, in one line.
  public let summary: String
  /// Whether what lies below feedback points learns, whatever the method does there.
  public let trainsBelowPoints: Bool
  /// Makes the changed method from the method, the settings of its feedback and a seed.
  public let wrap: @Sendable (any TrainingMethod, FeedbackConfiguration, UInt64) -> any TrainingMethod

  /// A row.
  /// - Parameters:
  ///   - name: The name after the `+`: letters, digits and `-`.
  ///   - title: What to call it in tables, after the method's title.
  ///   - reference: The authors and the year.
  ///   - summary: What it changes, in one line.
  ///   - trainsBelowPoints: Whether what lies below points learns, whatever the method does there.
  ///   - wrap: Makes the changed method from the method, the settings of its feedback and a seed. Where the method is a
  ///     ``FeedbackMethod`` or a ``LayerwiseFeedbackMethod`` the changed one should be too, or name it as its
  ///     ``TrainingMethod/base``, so that its alignment is measured.
  public init(
    _ name: String, title: String, reference: String, summary: String, trainsBelowPoints: Bool = false,
    wrap:
      @escaping @Sendable (
        _ method: any TrainingMethod, _ feedback: FeedbackConfiguration, _ seed: UInt64
      ) -> any TrainingMethod
  ) {
    self.name = name
    self.title = title
    self.reference = reference
    self.summary = summary
    self.trainsBelowPoints = trainsBelowPoints
    self.wrap = wrap
  }

  /// The row of a method changed by this.
  func wrapping(_ method: MethodDescription) -> MethodDescription {
    let (wrap, make) = (wrap, method.make)
    return MethodDescription(
      MethodName("\(method.name)+\(name)"), title: "\(method.title) + \(title)",
      reference: "\(method.reference); \(reference)", summary: "\(method.summary) + \(summary)",
      tuning: method.tuning, trainsBelowPoints: trainsBelowPoints || method.trainsBelowPoints,
      mayRaiseLoss: method.mayRaiseLoss,
      isAdditive: method.isAdditive
    ) { feedback, seed in wrap(make(feedback, seed), feedback, seed) }
  }
}
