import Networks
import Torch

/// Where the embedded row is handed to the layers above it.
///
/// **Shape** `[B, F, D]` to the same, or rows of `F D`
struct EmbeddingEnd {
  private let point: FeedbackPoint?

  /// - Parameters:
  ///   - scope: Names the point, if there is one.
  ///   - settings: Whether there is one.
  ///   - output: Whose error it receives.
  init(_ scope: Scope, _ settings: EmbeddingSettings, of output: FeedbackOutput) {
    point =
      settings.end == .block
      ? nil : FeedbackPoint(scope, of: output, receivesFeedback: settings.end == .point)
  }

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { point?(x, pass) ?? x }
}
