import ArgumentParser
import DirectFeedback

extension ArgumentHelp {
  /// What `--method` is, with the names of the registry.
  static var method: ArgumentHelp {
    ArgumentHelp(
      "How to train: \(MethodName.allCases.map(\.rawValue).joined(separator: ", ")). (default: dfa)")
  }
}
