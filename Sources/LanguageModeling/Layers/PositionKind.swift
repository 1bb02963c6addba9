import Networks

/// Where a Transformer's positions come from.
public enum PositionKind: String, NamedChoice {
  /// Sines and cosines (Vaswani et al. 2017).
  case sinusoidal
  /// A table that is learned, as in GPT-2.
  case learned
}
