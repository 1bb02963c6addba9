import DirectFeedback

/// A training method as benchmarks name it: `dfa`, or with options `dfa+replay+fused`; `replay` alone is
/// `dfa+replay`.
package struct BenchmarkMethod: Hashable, Sendable {
  /// A way to make a step, which changes what it costs.
  package enum Option: String, CaseIterable, Sendable {
    /// `training.memory: replay`.
    case replay
    /// `training.update: fused`.
    case fused
    /// `training.precision: bfloat16`.
    case bfloat16
    /// `training.capture: true`.
    case capture
    /// `training.streams: 4`.
    case streams

    fileprivate func apply(to training: inout TrainingConfiguration) {
      switch self {
      case .replay: training.memory = .replay
      case .fused: training.update = .fused
      case .bfloat16: training.precision = .bfloat16
      case .capture: training.capture = true
      case .streams: training.streams = 4
      }
    }
  }

  /// The method.
  package let name: MethodName
  private let options: [Option]
  /// The word that names the method.
  package let label: String

  /// A method.
  package init(_ name: MethodName, options: [Option] = []) {
    self.name = name
    self.options = options
    label = ([name.rawValue] + options.map(\.rawValue)).joined(separator: "+")
  }

  /// The method that a word names.
  /// - Throws: `ConfigurationError` with the nearest name of a method or an option.
  package init(parsing word: String) throws {
    var parts = word.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    if Option(rawValue: parts[0]) == .replay { parts.insert(MethodName.dfa.rawValue, at: 0) }
    let known = MethodName.allCases.map(\.rawValue) + [Option.replay.rawValue]
    guard MethodName(rawValue: parts[0]) != nil else {
      throw ConfigurationError.unknown("method", parts[0], among: known)
    }
    // What is no option of a step is a part of the method's name.
    options = parts.compactMap(Option.init(rawValue:))
    let names = parts.filter { Option(rawValue: $0) == nil }
    guard let name = MethodName(rawValue: names.joined(separator: "+")) else {
      let wrappers = MethodRegistry.shared.wrappers.map(\.name)
      let part = names.dropFirst().first { !wrappers.contains($0) } ?? names[names.count - 1]
      throw ConfigurationError.unknown(
        "option of a method", part, among: Option.allCases.map(\.rawValue) + wrappers)
    }
    self.name = name
    label = word
  }

  /// Changes how steps are made.
  func apply(to training: inout TrainingConfiguration) {
    for option in options { option.apply(to: &training) }
  }
}
