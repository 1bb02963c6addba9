/// An error that a command can end with: its description is one line for the person who gave the command, which
/// names the operands and says what to do, and it knows its exit code.
///
/// Errors of your own tasks, data and methods that conform are reported by the `dfa` command as its own are.
public protocol ReportableError: Error, CustomStringConvertible {
  /// What the command's process ends with, such as ``ExitCode/data``.
  var exitCode: Int32 { get }
}
