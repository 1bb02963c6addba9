import Basics
import Synchronization

/// A tensor operation that LibTorch refused: which one, on what, and why.
///
/// Operations trap with this description. Inside ``withTorchErrors(_:)`` they throw it instead.
public struct TorchError: ReportableError {
  /// The name of the operation, such as `matmul(_:)`.
  public let operation: String
  /// The operands as text: the parameter's path where there is one, shape and type.
  public let operands: [String]
  /// What LibTorch says.
  public let message: String

  /// `ExitCode.failure`.
  public var exitCode: Int32 { ExitCode.failure }

  /// The operation, its operands and the reason, on one line, and what to do when memory ran out.
  public var description: String {
    let arguments = operands.isEmpty ? "" : " of " + operands.joined(separator: ", ")
    // LibTorch's words differ between CPU and CUDA.
    let isMemory = ["allocate memory", "out of memory"].contains { message.contains($0) }
    return "\(operation)\(arguments): \(message)" + (isMemory ? "; use a smaller network or batch" : "")
  }
}

/// Runs `body` with tensor operations that throw instead of trapping.
///
/// Operations after the first failure work on an empty placeholder, and the first failure is thrown when
/// `body` ends.
/// - Throws: The first ``TorchError`` in `body`, or what `body` throws when no operation failed before.
public func withTorchErrors<Result>(_ body: () throws -> Result) throws -> Result {
  let scope = TorchErrorScope()
  let outcome = Swift.Result { try TorchErrorScope.$current.withValue(scope) { try body() } }
  if let error = scope.first { throw error }
  return try outcome.get()
}

/// Reports a failed operation: throws it at the end of the enclosing ``withTorchErrors(_:)``, or traps.
package func fail(_ operation: String, operands: [Tensor] = [], _ message: String) {
  let firstLine =
    message.split(separator: "\n", omittingEmptySubsequences: true).first.map(String.init) ?? message
  let error = TorchError(operation: operation, operands: operands.map(\.summary), message: firstLine)
  guard let scope = TorchErrorScope.current else {
    failureHandler.withLock { $0 }?(error)
    fatalError(error.description)
  }
  if scope.first == nil { scope.first = error }
}

/// Lets a command end with a message of its own, without a trap's trace, when an operation fails outside
/// ``withTorchErrors(_:)``.
package func onTorchFailure(_ handler: @escaping @Sendable (TorchError) -> Never) {
  failureHandler.withLock { $0 = handler }
}

private let failureHandler = Mutex<(@Sendable (TorchError) -> Never)?>(nil)

/// Holds the first failure of one ``withTorchErrors(_:)``; used by the one task that runs its body.
final class TorchErrorScope: @unchecked Sendable {
  @TaskLocal static var current: TorchErrorScope?
  var first: TorchError?
}
