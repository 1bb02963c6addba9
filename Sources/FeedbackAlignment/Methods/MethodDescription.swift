/// A row of the ``MethodRegistry``: what commands, tables and presets know of a training method.
public struct MethodDescription: Sendable {
  /// Which of two settings a preset gives a method, where the papers tuned backpropagation and DFA differently.
  public enum Tuning: Sendable {
    /// Backpropagation's, which all methods share that go down layer by layer.
    case bp
    /// DFA's, which all methods share that cut the graph (2020 paper, appendix B, for shallow training).
    case dfa
  }

  /// The name that commands and files use: letters, digits and `-`.
  public let name: MethodName
  /// What to call the method in tables.
  public let title: String
  /// The authors and the year.
  public let reference: String
  /// What the method does, in one line.
  public let summary: String
  /// Which of two settings presets give it.
  public let tuning: Tuning
  /// Whether what lies below feedback points learns.
  public let trainsBelowPoints: Bool
  /// Whether its first steps may raise the loss, because its signals agree with the gradient only after a while, or do
  /// not depend on how wrong the output is. Checks that training lowers the loss leave it out.
  public let mayRaiseLoss: Bool
  /// Whether the gradients of micro-batches add up to those of their batch; not where signals depend on all rows
  /// together, or on noise that each batch draws.
  public let isAdditive: Bool
  /// Makes the method from the settings of its feedback and a seed.
  public let make: @Sendable (FeedbackConfiguration, UInt64) -> any TrainingMethod

  /// A row.
  /// - Parameters:
  ///   - name: The name that commands and files use: letters, digits and `-`.
  ///   - title: What to call the method in tables.
  ///   - reference: The authors and the year.
  ///   - summary: What the method does, in one line.
  ///   - tuning: Which of two settings presets give it.
  ///   - trainsBelowPoints: Whether what lies below feedback points learns.
  ///   - mayRaiseLoss: Whether its first steps may raise the loss.
  ///   - isAdditive: Whether the gradients of micro-batches add up to those of their batch.
  ///   - make: Makes the method from the settings of its feedback and a seed.
  public init(
    _ name: MethodName, title: String, reference: String, summary: String, tuning: Tuning,
    trainsBelowPoints: Bool = true, mayRaiseLoss: Bool = false, isAdditive: Bool = true,
    make: @escaping @Sendable (_ feedback: FeedbackConfiguration, _ seed: UInt64) -> any TrainingMethod
  ) {
    self.name = name
    self.title = title
    self.reference = reference
    self.summary = summary
    self.tuning = tuning
    self.trainsBelowPoints = trainsBelowPoints
    self.mayRaiseLoss = mayRaiseLoss
    self.isAdditive = isAdditive
    self.make = make
  }
}
