import Torch
import Training

/// Stretches of tokens, and for each token the one after it.
public struct TokenBatch: CapturableBatch, Sendable {
  /// What the network sees.
  ///
  /// **Shape** `[B, T]`, `int64`
  public let tokens: Tensor
  /// What comes next.
  ///
  /// **Shape** `[B, T]`, `int64`
  public let targets: Tensor

  /// Stretches with what comes next.
  public init(tokens: Tensor, targets: Tensor) { (self.tokens, self.targets) = (tokens, targets) }

  /// Stretches of T + 1 tokens.
  init(_ stretches: Tensor) {
    let length = stretches.shape[1] - 1
    self.init(
      tokens: stretches.narrowed(1, start: 0, length: length).contiguous(),
      targets: stretches.narrowed(1, start: 1, length: length).contiguous())
  }

  /// The tokens and the targets.
  public var tensors: [Tensor] { [tokens, targets] }

  /// Other stretches.
  public func replacing(_ tensors: [Tensor]) -> TokenBatch {
    TokenBatch(tokens: tensors[0], targets: tensors[1])
  }

  /// The same on a device.
  func to(_ device: Device) -> TokenBatch {
    TokenBatch(tokens: tokens.to(device), targets: targets.to(device))
  }

  /// Parts of the stretches, one after the other.
  func parts(_ count: Int) -> [MicroBatch<TokenBatch>] {
    MicroBatch.split(tokens.shape[0], into: count, ofAtLeast: 1) { range in
      TokenBatch(
        tokens: tokens.narrowed(0, start: range.lowerBound, length: range.count),
        targets: targets.narrowed(0, start: range.lowerBound, length: range.count))
    }
  }
}
