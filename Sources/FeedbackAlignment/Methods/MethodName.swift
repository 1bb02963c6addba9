import Networks

/// The training methods by the names that commands and files use.
public enum MethodName: String, NamedChoice, Comparable {
  /// ``Backpropagation``
  case bp
  /// ``DirectFeedbackAlignment``
  case dfa
  /// ``ShallowTraining``
  case shallow
  /// ``LayerwiseFeedbackAlignment``
  case fa
  /// ``SignSymmetricFeedback`` with uniform magnitudes
  case usf
  /// ``SignSymmetricFeedback`` with magnitudes drawn for each batch
  case brsf
  /// ``SignSymmetricFeedback`` with fixed random magnitudes
  case frsf
  /// ``KolenPollack``
  case kp
  /// ``DirectKolenPollack``
  case dkp
  /// ``ForwardDirectFeedback``
  case fdfa
  /// ``DirectRandomTargetProjection``
  case drtp

  /// The methods that the 2020 paper compares.
  public static let launay2020: [MethodName] = [.bp, .dfa, .shallow]

  /// What to call the method in tables.
  public var title: String {
    switch self {
    case .bp: "BP"
    case .dfa: "DFA"
    case .shallow: "Shallow"
    case .fa: "FA"
    case .usf: "uSF"
    case .brsf: "brSF"
    case .frsf: "frSF"
    case .kp: "KP"
    case .dkp: "DKP"
    case .fdfa: "FDFA"
    case .drtp: "DRTP"
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
    case .fa: LayerwiseFeedbackAlignment(feedback.distribution, seed: seed)
    case .usf: SignSymmetricFeedback(.uniform, seed: seed)
    case .brsf: SignSymmetricFeedback(.batch, seed: seed)
    case .frsf: SignSymmetricFeedback(.fixed, seed: seed)
    case .kp: KolenPollack(feedback.distribution, decay: feedback.decay, seed: seed)
    case .dkp: DirectKolenPollack(feedback, seed: seed)
    case .fdfa: ForwardDirectFeedback(feedback, seed: seed)
    case .drtp: DirectRandomTargetProjection(feedback, seed: seed)
    }
  }

  /// One of two settings: the one tuned for backpropagation, which all methods share that go down layer by layer,
  /// or the one tuned for DFA, which those share that cut the graph (2020 paper, appendix B, for shallow training).
  public func tuned<Setting>(bp: Setting, dfa: Setting) -> Setting {
    switch self {
    case .bp, .fa, .usf, .brsf, .frsf, .kp: bp
    case .dfa, .shallow, .dkp, .fdfa, .drtp: dfa
    }
  }

  /// In the order of tables.
  public static func < (x: MethodName, y: MethodName) -> Bool { x.order < y.order }
  private var order: Int { MethodName.allCases.firstIndex(of: self) ?? 0 }
}
