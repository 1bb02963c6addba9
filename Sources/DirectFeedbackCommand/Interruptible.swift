import DirectFeedback

/// Does something whose training SIGINT and SIGTERM end after a step.
/// - Parameter advice: What to do to go on.
func interruptible<Value>(_ advice: String, _ work: () throws -> Value) throws -> Value {
  Interruption.followSignals()
  do {
    return try work()
  } catch let interrupted as Interrupted {
    throw interrupted.advising(advice)
  }
}

/// What to do to go on where the command itself does.
func advice(keptIn folder: String?) -> String {
  guard folder != nil else { return "nothing is kept without --output" }
  let words = [CommandContext.current.name] + CommandLine.arguments.dropFirst()
  return "the same command goes on: \(shellLine(words))"
}
