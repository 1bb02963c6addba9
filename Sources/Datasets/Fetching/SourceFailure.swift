/// Why one source did not give a file: one attempt line of ``DataError/fetchFailed(dataset:attempts:)``.
package struct SourceFailure: Error {
  package let reason: String
  /// The exit status of the tool that failed; nil if none ran.
  var status: Int32?
  /// All that the tool printed.
  package var printed = ""
}
