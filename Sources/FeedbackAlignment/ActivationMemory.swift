import Networks

/// What a feedback method keeps of the forward pass until the gradients are made.
public enum ActivationMemory: String, NamedChoice {
  /// The activations of the whole network, as backpropagation must.
  case whole
  /// Those of one segment. The network runs twice: once without a graph, to read the error, and once more, when
  /// each segment learns from its signal as soon as it ends and is forgotten. The gradients are the same.
  ///
  /// Backpropagation and other methods whose signals come down through the layers cannot, and keep the whole network
  /// whatever is asked.
  case replay
}
