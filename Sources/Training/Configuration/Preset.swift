import FeedbackAlignment

/// A named configuration of a task. Where BP and DFA are tuned differently it holds both, side by side.
public struct Preset<Configuration: TaskConfiguration>: Sendable {
  /// The name, such as `gcn-cora`.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  /// The configuration for a method.
  public let configuration: @Sendable (MethodName) -> Configuration

  /// A preset.
  public init(
    _ name: String, _ summary: String, configuration: @escaping @Sendable (MethodName) -> Configuration
  ) {
    self.name = name
    self.summary = summary
    self.configuration = configuration
  }
}
