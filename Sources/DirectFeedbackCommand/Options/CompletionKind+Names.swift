import ArgumentParser
import DirectFeedback
import Foundation

/// What a shell offers to complete words by.
extension CompletionKind {
  /// The names of tasks.
  static let tasks = names { _ in families.tasks.map { $0.name } }

  /// The names of presets: those of the task that the command line names, else all.
  static let presets = names { words in
    let named = families.tasks.filter { words.contains($0.name) }
    return (named.isEmpty ? families.tasks : named).flatMap { $0.presetNames }
  }

  /// The names of methods.
  static let methods = names { _ in MethodName.allCases.map(\.rawValue) }

  /// The names of methods, more of them after commas.
  static let methodLists = custom { _, _, prefix in
    let before = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
    return MethodName.allCases.map { before + $0.rawValue }
  }

  /// The names of tables and figures.
  static let experiments = names { _ in families.reproductions.map(\.name) + families.figures.map(\.name) }

  /// The names of data sets.
  static let datasets = names { _ in families.datasets.map(\.name) }

  /// The names of benchmark networks.
  static let benchmarkNetworks = names { _ in families.benchmarks.map(\.name) }

  /// Files of settings.
  static let configurations = file(extensions: ["yaml", "yml"])

  /// Names that are looked up when the shell asks, so that those of added families are among them.
  private static func names(_ known: @escaping @Sendable ([String]) -> [String]) -> CompletionKind {
    custom { words, _, _ in known(words) }
  }
}
