import Networks

/// The training methods by the names that commands and files use.
public enum MethodName: String, NamedChoice, Comparable {
  /// ``Backpropagation``
  case bp
  /// ``DirectFeedbackAlignment``
  case dfa
  /// ``ShallowTraining``
  case shallow

  /// What to call the method in tables.
  public var title: String {
    switch self {
    case .bp: "BP"
    case .dfa: "DFA"
    case .shallow: "Shallow"
    }
  }

  /// A new method of this name.
  /// - Parameters:
  ///   - feedback: The feedback's settings, where the method has feedback.
  ///   - seed: What random parts of the method are drawn from.
  public func make(_ feedback: FeedbackConfiguration, seed: UInt64) -> any TrainingMethod {
    switch self {
    case .bp: Backpropagation()
    case .dfa: DirectFeedbackAlignment(feedback, seed: seed)
    case .shallow: ShallowTraining(level: feedback.level)
    }
  }

  /// One of two settings: the one tuned for backpropagation, or the one tuned for DFA, which shallow training
  /// shares (2020 paper, appendix B).
  public func tuned<Setting>(bp: Setting, dfa: Setting) -> Setting { self == .bp ? bp : dfa }

  /// In the order of tables.
  public static func < (x: MethodName, y: MethodName) -> Bool { x.order < y.order }
  private var order: Int { MethodName.allCases.firstIndex(of: self) ?? 0 }
}
