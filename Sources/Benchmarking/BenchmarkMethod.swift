import DirectFeedback

/// A training method as benchmarks name it: `dfa`, or with options `dfa+option+option`.
package struct BenchmarkMethod: Hashable, Sendable {
  /// A way to run a method that changes how a step is computed and not what it computes.
  package enum Option: String, CaseIterable, Sendable {
    /// The gradients of a step, without the optimizer's update.
    case gradients
  }

  /// The method.
  package let name: MethodName
  /// Its options, in the order given.
  package let options: [Option]

  /// A method.
  package init(_ name: MethodName, options: [Option] = []) {
    self.name = name
    self.options = options
  }

  /// The method that a word names.
  /// - Throws: `ConfigurationError` with the nearest name of a method or an option.
  package init(parsing word: String) throws {
    let parts = word.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard let name = MethodName(rawValue: parts[0]) else {
      throw ConfigurationError.unknown("method", parts[0], among: MethodName.allCases.map(\.rawValue))
    }
    self.name = name
    options = try parts.dropFirst().map { part in
      guard let option = Option(rawValue: part) else {
        throw ConfigurationError.unknown(
          "option of a method", part, among: Option.allCases.map(\.rawValue))
      }
      return option
    }
  }

  /// The word that names the method.
  package var label: String { ([name.rawValue] + options.map(\.rawValue)).joined(separator: "+") }
}
