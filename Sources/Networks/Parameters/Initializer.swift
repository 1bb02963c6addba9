import Torch

/// How a parameter gets its first value.
public enum Initializer: Sendable, Equatable {
  /// One number everywhere.
  case constant(Double)
  /// 1 at this many elements chosen at random, 0 at the others.
  case chosen(Int)
  /// Uniform in [-bound, bound).
  case uniform(bound: Double)
  /// Normal with mean 0.
  case normal(deviation: Double)
  /// Glorot and Bengio 2010: uniform with bound sqrt(6 / (fan in + fan out)) of the last two dimensions.
  case glorotUniform
  /// Glorot and Bengio 2010: normal with deviation sqrt(2 / (fan in + fan out)) of the last two dimensions.
  case glorotNormal
  /// He et al. 2015: normal with deviation sqrt(2 / fan in), the fan being all dimensions but the first.
  case heNormal

  /// PyTorch's default for the weights and biases of dense and convolutional layers: uniform with bound
  /// `1 / sqrt(fan in)`.
  public static func uniform(fanIn: Int) -> Initializer {
    .uniform(bound: 1 / Double(max(fanIn, 1)).squareRoot())
  }

  func tensor(_ shape: [Int], _ generator: RandomGenerator) -> Tensor {
    switch self {
    case .constant(let value): Tensor.full(shape, value)
    case .chosen(let count):
      (generator.permutation(shape.reduce(1, *)).reshaped(shape) .< Double(count)).to(.float32)
    case .uniform(let bound): generator.uniform(shape, from: -bound, to: bound)
    case .normal(let deviation): generator.normal(shape, deviation: deviation)
    case .glorotUniform:
      Initializer.uniform(bound: (6 / Double(shape.suffix(2).reduce(0, +))).squareRoot())
        .tensor(shape, generator)
    case .glorotNormal:
      Initializer.normal(deviation: (2 / Double(shape.suffix(2).reduce(0, +))).squareRoot())
        .tensor(shape, generator)
    case .heNormal:
      Initializer.normal(deviation: (2 / Double(shape.dropFirst().reduce(1, *))).squareRoot())
        .tensor(shape, generator)
    }
  }
}
