import DirectFeedback
import Foundation

/// The end of a command that failed: one line on standard error, and the error's exit code.
enum Failure {
  static func report(_ error: any ReportableError) -> Never {
    Console.error("\(CommandContext.current.name): \(error)")
    exit(error.exitCode)
  }
}
