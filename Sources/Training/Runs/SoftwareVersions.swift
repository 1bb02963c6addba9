import Torch

/// The versions of what a run was made with.
public struct SoftwareVersions: Codable, Hashable, Sendable, CustomStringConvertible {
  /// Of this package.
  public let dfa: String
  /// Of LibTorch.
  public let libtorch: String

  /// Those of this process.
  public static let current = SoftwareVersions(dfa: directFeedbackVersion, libtorch: LibTorch.version)

  /// Such as `dfa 0.1.0, libtorch 2.13.0`.
  public var description: String { "dfa \(dfa), libtorch \(libtorch)" }
}
