import DirectFeedback
import Foundation

/// The command `dfa`, for an executable of one's own with more to train.
public enum DirectFeedbackCommand {
  /// Runs the command that the process was started with, and ends the process when that fails.
  ///
  /// The tasks, presets, tables, figures, benchmark networks and data sets of the added families are known to every
  /// subcommand beside those of this package: they are trained, compared, searched, reproduced, measured and listed alike.
  /// - Parameter added: Families of one's own.
  /// - Precondition: No two families give the same name to two tasks, experiments, benchmark networks or data sets.
  public static func main(adding added: [TaskFamily] = []) {
    let families = TaskFamily.all + added
    if let repeated = families.repeatedName {
      fatalError("two of the \(repeated.kind) are called '\(repeated.name)'; give one another name")
    }
    let executable = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent }
    CommandContext.current = CommandContext(name: executable ?? "dfa", families: families)
    RootCommand.start()
  }
}
