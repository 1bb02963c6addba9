import Networks

/// How the weights of dense layers and convolutions start.
public enum WeightInitialization: String, NamedChoice {
  /// Uniform within ±1/sqrt(inputs), PyTorch's default.
  case uniform
  /// Normal with deviation sqrt(2 / inputs) (He et al. 2015).
  case he

  /// How a layer makes its weight; nil for the layer's default.
  var initializer: Initializer? { self == .he ? .heNormal : nil }
}
