import Networks

/// How the parameters of a recommender start.
public enum StartingWeights: String, NamedChoice {
  /// Tables normal with deviation 1e-4, dense layers normal by Glorot with biases of 0, as BARS has them.
  case bars
  /// The table of embeddings uniform by Glorot, that of the linear term normal with deviation 1, dense layers as in PyTorch: the
  /// published code of Launay et al. 2020.
  case published

  /// Of the table of embeddings.
  var embedding: Initializer { self == .bars ? .normal(deviation: 1e-4) : .glorotUniform }
  /// Of the table of the linear term.
  var linearTerm: Initializer { .normal(deviation: self == .bars ? 1e-4 : 1) }
  /// Of dense layers' weights; nil for the layer's default.
  var weight: Initializer? { self == .bars ? .glorotNormal : nil }
  /// Of dense layers' biases; nil for the layer's default.
  var bias: Initializer? { self == .bars ? .constant(0) : nil }

  /// A dense layer that starts so.
  func linear(_ scope: Scope, _ inputs: Int, _ outputs: Int, bias hasBias: Bool = true) -> Linear {
    Linear(scope, inputs, outputs, bias: hasBias, initializer: weight, biasInitializer: bias)
  }
}
