import Basics
import Synchronization

/// Training methods by name, in the order of tables, and what can be added to any of them by `+`.
public struct MethodRegistry: Sendable {
  /// The methods and wrappers of this package.
  public static let standard = MethodRegistry(
    [
      Backpropagation.description,
      DirectFeedbackAlignment.description,
      ShallowTraining.description,
      LayerwiseFeedbackAlignment.description,
      SignSymmetricFeedback.uniformDescription,
      SignSymmetricFeedback.batchDescription,
      SignSymmetricFeedback.fixedDescription,
      KolenPollack.description,
      DirectKolenPollack.description,
      ForwardDirectFeedback.description,
      DirectRandomTargetProjection.description,
      GradientAlignedProjectedError.description,
      RidgeRegressedFeedback.description,
      DirectFeedbackAlignment.identityDescription,
    ], wrappers: [OccasionalBackpropagation.anchors, OccasionalBackpropagation.warmup])

  /// The registry in which the process looks up every ``MethodName``; ``standard`` at first.
  ///
  /// A program with methods of its own sets it before it parses arguments, reads files or makes presets:
  /// `MethodRegistry.shared = .standard.adding([SignFeedback.description])`.
  public static var shared: MethodRegistry {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  private static let current = Mutex(standard)

  /// The methods.
  public private(set) var methods: [MethodDescription] = []
  /// What can be added to a method by `+`.
  public private(set) var wrappers: [MethodWrapper] = []

  /// A registry of these rows.
  ///
  /// Ends the process where two rows have one name, or a name is no word of letters, digits and `-`.
  public init(_ methods: [MethodDescription], wrappers: [MethodWrapper] = []) {
    self = MethodRegistry().adding(methods, wrappers: wrappers)
  }

  private init() {}

  /// This registry and further rows, after its own.
  ///
  /// Ends the process where two rows have one name, or a name is no word of letters, digits and `-`.
  public func adding(_ methods: [MethodDescription], wrappers: [MethodWrapper] = []) -> MethodRegistry {
    var registry = self
    registry.methods += methods
    registry.wrappers += wrappers
    var seen: Set<String> = []
    for name in registry.methods.map(\.name.rawValue) + registry.wrappers.map(\.name) {
      require(
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") },
        "'\(name)' cannot name a training method or a wrapper; use letters, digits and -")
      require(
        seen.insert(name).inserted, "two training methods or wrappers are named '\(name)'; rename one of them"
      )
    }
    return registry
  }

  /// The row of a method, or of a method with wrappers, each at most once; nil where there is none.
  public subscript(name: String) -> MethodDescription? {
    guard let (method, wrappers) = parts(of: name) else { return nil }
    return wrappers.reduce(methods[method]) { self.wrappers[$1].wrapping($0) }
  }

  /// The places of a name's method and of its wrappers, by which names are sorted; the end for a name without a row.
  func order(_ name: String) -> [Int] {
    guard let (method, wrappers) = parts(of: name) else { return [methods.count] }
    return [method] + wrappers
  }

  private func parts(of name: String) -> (method: Int, wrappers: [Int])? {
    let words = name.split(separator: "+", omittingEmptySubsequences: false)
    guard let method = methods.firstIndex(where: { $0.name.rawValue == words[0] }) else { return nil }
    var places: [Int] = []
    for word in words.dropFirst() {
      guard let place = wrappers.firstIndex(where: { $0.name == word }), !places.contains(place) else {
        return nil
      }
      places.append(place)
    }
    return (method, places)
  }
}
