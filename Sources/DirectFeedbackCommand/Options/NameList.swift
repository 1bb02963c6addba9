import ArgumentParser
import Benchmarking
import DirectFeedback

/// Names separated by commas.
struct NameList: ExpressibleByArgument {
  /// The names, empty ones too.
  let names: [String]

  init(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  init(_ methods: [MethodName]) { names = methods.map(\.rawValue) }

  var defaultValueDescription: String { names.joined(separator: ",") }

  /// The methods of these names.
  /// - Throws: `ConfigurationError` when a name is unknown or there twice.
  var methods: [MethodName] {
    get throws {
      try distinct(MethodName.init(parsing:))
    }
  }

  /// The methods of these names, which may have options.
  /// - Throws: `ConfigurationError` when a name or an option is unknown or a method there twice.
  var benchmarkMethods: [BenchmarkMethod] { get throws { try distinct(BenchmarkMethod.init(parsing:)) } }

  private func distinct<Method: Hashable>(_ parse: (String) throws -> Method) throws -> [Method] {
    let methods = try names.map(parse)
    guard Set(methods).count == methods.count else {
      throw ConfigurationError.value(
        key: "--methods", reason: "must name each method once, not '\(defaultValueDescription)'")
    }
    return methods
  }
}
