import Basics

/// A `state_dict` of PyTorch that is not of this network: all that differs.
public struct PyTorchMismatch: ReportableError, Equatable {
  /// Names that the network needs.
  public var missing: [String] = []
  /// Names that it does not have.
  public var unexpected: [String] = []
  /// Tensors of other shapes, and the right ones.
  public var shapes: [String] = []
  /// Tensors with NaN or infinity.
  public var notFinite: [String] = []

  /// Nothing differs.
  init() {}

  var isEmpty: Bool { self == PyTorchMismatch() }

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// Every difference, in one line.
  public var description: String {
    let parts = [
      ("lacks", missing), ("has, and this network has not,", unexpected), ("has", shapes),
      ("has NaN or infinity in", notFinite),
    ]
    return parts.filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1.joined(separator: ", "))" }.joined(
      separator: "; ")
      + "; \"dfa export\" of a run of the same configuration shows the names and shapes"
  }
}
