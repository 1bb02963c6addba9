import Networks

/// A training method by the name that commands and files use: `dfa`, or with wrappers `dfa+anchors`.
///
/// Names belong to rows of the process's registry (``MethodRegistry/shared``). Each method adds its own as a static
/// property, such as ``dfa``, beside its row.
public struct MethodName: NamedChoice, Hashable, Comparable, CustomStringConvertible {
  /// The name.
  public let rawValue: String

  /// The name of a row that the registry has, or will have before the name is used.
  public init(_ name: String) { rawValue = name }

  /// A name that the registry has; nil for others.
  public init?(rawValue: String) {
    guard MethodRegistry.shared[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  /// The names of the registry's methods, in its order; those with wrappers are not among them.
  public static var allCases: [MethodName] { MethodRegistry.shared.methods.map(\.name) }

  /// The methods that the 2020 paper compares.
  public static let launay2020: [MethodName] = [.bp, .dfa, .shallow]

  /// The name.
  public var description: String { rawValue }

  /// The method's row.
  ///
  /// Ends the process where the registry has none.
  public var row: MethodDescription {
    guard let row = MethodRegistry.shared[rawValue] else {
      let known = MethodName.allCases.map(\.rawValue).joined(separator: ", ")
      fatalError(
        "there is no training method '\(rawValue)' among \(known); add its row to MethodRegistry.shared before its name "
          + "is used")
    }
    return row
  }

  /// What to call the method in tables.
  public var title: String { row.title }

  /// A new method of this name.
  /// - Parameters:
  ///   - feedback: The feedback's settings, where the method has feedback.
  ///   - seed: What random parts of the method are drawn from.
  public func make(_ feedback: FeedbackConfiguration, seed: UInt64) -> any TrainingMethod {
    row.make(feedback, seed)
  }

  /// One of two settings: the one tuned for backpropagation, or the one tuned for DFA; see ``MethodDescription/tuning``.
  public func tuned<Setting>(bp: Setting, dfa: Setting) -> Setting {
    switch row.tuning {
    case .bp: bp
    case .dfa: dfa
    }
  }

  /// In the order of the registry, and so of tables: methods, each before the same with wrappers.
  public static func < (x: MethodName, y: MethodName) -> Bool {
    let registry = MethodRegistry.shared
    return registry.order(x.rawValue).lexicographicallyPrecedes(registry.order(y.rawValue))
  }
}
