/// Ends the process with a message when a caller's mistake would make everything that follows wrong; in release builds
/// too, where `precondition` ends it without a word.
/// - Parameters:
///   - condition: What the caller must keep.
///   - message: What was found, and what to do.
package func require(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}
