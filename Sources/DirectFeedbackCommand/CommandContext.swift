import DirectFeedback
import Foundation
import Synchronization

/// What the command was started with. It is set once, before anything is parsed, and not handed on, because the argument
/// parser asks types for help and completions.
struct CommandContext: Sendable {
  /// The name of the executable.
  let name: String
  /// The families that the command knows.
  let families: [TaskFamily]

  /// The context of `dfa`, until ``DirectFeedbackCommand/main(adding:methods:wrappers:)`` sets another.
  static var current: CommandContext {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }

  private static let stored = Mutex(CommandContext(name: "dfa", families: TaskFamily.all))
}

/// The families that the command knows.
var families: [TaskFamily] { CommandContext.current.families }
