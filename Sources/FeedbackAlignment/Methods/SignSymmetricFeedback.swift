import Basics
import Networks
import Torch

/// Sign-symmetric feedback: the error goes down through feedback weights with the signs of the present weights and
/// magnitudes of their own, `c_{i-1} = f'_{i-1} ⊙ ((M_i ⊙ sign W_i)ᵀ c_i)`.
///
/// **Source** Liao, Leibo and Poggio 2016, "How important is weight symmetry in backpropagation?"; the variants as in
/// Moskovitz et al. 2018.
public final class SignSymmetricFeedback: LayerwiseFeedbackMethod {
  /// Where magnitudes come from. All have the root mean square that the weight had when it was first met.
  public enum Magnitude: Sendable {
    /// All the same (uSF).
    case uniform
    /// Random, drawn anew in every step (brSF).
    case batch
    /// Random, drawn once (frSF).
    case fixed
  }

  private let magnitude: Magnitude
  private var weights: FeedbackWeights
  private let seed: UInt64
  /// The number of finished steps, which seeds what is drawn anew.
  private var steps = 0

  /// - Parameters:
  ///   - magnitude: Where magnitudes come from; random ones are those of normal numbers.
  ///   - seed: What random magnitudes are drawn from.
  public init(_ magnitude: Magnitude, seed: UInt64) {
    self.magnitude = magnitude
    self.seed = seed
    weights = FeedbackWeights(.normal, seed: seed)
  }

  /// Whether magnitudes are drawn anew.
  public var drawsInSteps: Bool { magnitude == .batch }

  /// The next step has other magnitudes, where they are drawn anew.
  public func endStep() { steps += 1 }

  /// The random tensors whose magnitudes, or root mean squares, count.
  public var feedbackWeights: [String: Tensor] { weights.tensors }

  /// `M ⊙ sign W`.
  public func feedbackWeight(for weight: Parameter) -> Tensor {
    let first = weights.tensor(for: weight)
    let signs = weight.tensor.detached().sign()
    switch magnitude {
    case .fixed: return first.abs() * signs
    case .uniform: return signs * first.square().mean().sqrt()
    case .batch:
      let generator = RandomGenerator(
        seed: derivedSeed(seed, "\(steps)/\(weight.path)"), device: weight.tensor.device)
      return generator.normal(weight.tensor.shape).abs() * signs * first.square().mean().sqrt()
    }
  }

  /// The random tensors whose magnitudes, or root mean squares, count, by the path of the weight, and the number of
  /// steps.
  public var state: [String: Tensor] {
    weights.tensors.merging([SignSymmetricFeedback.stepKey: Tensor(Double(steps), dtype: .int64)]) { $1 }
  }

  /// Takes over random tensors and the number of steps.
  /// - Throws: ``FeedbackMatrixError`` when the number is none.
  public func restore(_ state: [String: Tensor]) throws {
    steps = try state.count(of: SignSymmetricFeedback.stepKey)
    weights.restore(state.filter { $0.key != SignSymmetricFeedback.stepKey })
  }

  private static let stepKey = "steps"
}

extension MethodName {
  /// ``SignSymmetricFeedback`` with uniform magnitudes
  public static let usf = MethodName("usf")
  /// ``SignSymmetricFeedback`` with magnitudes drawn for each batch
  public static let brsf = MethodName("brsf")
  /// ``SignSymmetricFeedback`` with fixed random magnitudes
  public static let frsf = MethodName("frsf")
}

extension SignSymmetricFeedback {
  /// The row of the method with uniform magnitudes.
  public static let uniformDescription = MethodDescription(
    .usf, title: "uSF", reference: "Liao, Leibo and Poggio 2016",
    summary: "the signs of the weights as feedback weights, with uniform magnitudes", tuning: .bp
  ) { SignSymmetricFeedback(.uniform, seed: $1) }

  /// The row of the method with magnitudes drawn for each batch.
  public static let batchDescription = MethodDescription(
    .brsf, title: "brSF", reference: "Liao, Leibo and Poggio 2016",
    summary: "the signs of the weights as feedback weights, with random magnitudes of each step", tuning: .bp
  ) { SignSymmetricFeedback(.batch, seed: $1) }

  /// The row of the method with fixed random magnitudes.
  public static let fixedDescription = MethodDescription(
    .frsf, title: "frSF", reference: "Liao, Leibo and Poggio 2016",
    summary: "the signs of the weights as feedback weights, with fixed random magnitudes", tuning: .bp
  ) { SignSymmetricFeedback(.fixed, seed: $1) }
}
