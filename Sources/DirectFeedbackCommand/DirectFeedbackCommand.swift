import Benchmarking
import DirectFeedback
import Foundation

/// The command `dfa`, for an executable of one's own with more to train.
public enum DirectFeedbackCommand {
  /// Runs the command that the process was started with, and ends the process when that fails.
  ///
  /// The tasks, presets, tables, figures, benchmark networks and data sets of the added families are known to every
  /// subcommand beside those of this package: they are trained, compared, searched, reproduced, measured and listed alike.
  /// So are added methods and wrappers of methods (`MethodRegistry`).
  ///
  /// Ends the process where two families give the same name to two tasks, experiments, benchmark networks or data sets, or
  /// two methods have one name.
  /// - Parameters:
  ///   - added: Families of one's own.
  ///   - methods: Training methods of one's own.
  ///   - wrappers: What can be added to any method by `+`.
  public static func main(
    adding added: [TaskFamily] = [], methods: [MethodDescription] = [], wrappers: [MethodWrapper] = []
  ) {
    if RootCommand.computes(CommandLine.arguments.dropFirst()) { LibTorch.limitSpinning() }
    StandardStreams.prepare()
    MethodRegistry.shared = MethodRegistry.shared.adding(methods, wrappers: wrappers)
    let families = TaskFamily.all + added
    if let repeated = families.repeatedName {
      fatalError("two of the \(repeated.kind) are called '\(repeated.name)'; give one another name")
    }
    let executable = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent }
    CommandContext.current = CommandContext(name: executable ?? "dfa", families: families)
    RootCommand.start()
  }
}
