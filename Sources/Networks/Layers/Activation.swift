import Torch

/// A nonlinearity, element by element.
///
/// In configurations it is written as its name: `tanh`, `relu`, `leakyReLU(-0.5)`, `abs`, `elu`, `gelu`,
/// `sigmoid`, `identity`.
public enum Activation: Layer, Sendable, Hashable {
  /// The hyperbolic tangent.
  case tanh
  /// max(0, x).
  case relu
  /// x where positive, else slope x. The 2019 paper's best row has slope -0.5 (table 2).
  case leakyReLU(slope: Double)
  /// |x| (2019 paper, table 2).
  case abs
  /// x where positive, else exp(x) - 1.
  case elu
  /// x Φ(x), where Φ is the normal distribution function (Hendrycks and Gimpel 2016).
  case gelu
  /// 1 / (1 + exp(-x)).
  case sigmoid
  /// x.
  case identity

  /// f(x).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    switch self {
    case .tanh: x.tanh()
    case .relu: x.relu()
    case .leakyReLU(let slope): x.leakyReLU(slope: slope)
    case .abs: x.abs()
    case .elu: x.elu()
    case .gelu: x.gelu()
    case .sigmoid: x.sigmoid()
    case .identity: x
    }
  }

  /// f(x).
  public func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { self(x) }
}

extension Activation: NamedValue {
  private static let plain: [String: Activation] = [
    "tanh": .tanh, "relu": .relu, "abs": .abs, "elu": .elu, "gelu": .gelu, "sigmoid": .sigmoid,
    "identity": .identity,
    "leakyReLU": .leakyReLU(slope: 0.01),
  ]

  /// The activation of this name.
  public init?(_ name: String) {
    if let plain = Activation.plain[name] {
      self = plain
    } else if name.hasPrefix("leakyReLU("), name.hasSuffix(")"),
      let slope = Double(name.dropFirst("leakyReLU(".count).dropLast()), slope.isFinite
    {
      self = .leakyReLU(slope: slope)
    } else {
      return nil
    }
  }

  /// The name.
  public var description: String {
    switch self {
    case .leakyReLU(let slope): "leakyReLU(\(slope))"
    default: Activation.plain.first { $0.value == self }?.key ?? ""
    }
  }

  /// What names there are.
  public static let names = "abs, elu, gelu, identity, leakyReLU(SLOPE), relu, sigmoid, tanh"
}
