import Training

extension Metric {
  /// The exponential of the mean loss of a token, in nats.
  public static let perplexity = Metric("perplexity", higherIsBetter: false)
  /// The exponential of the loss for each word, so that figures of different vocabularies compare; ends of lines are words too, as
  /// WikiText counts them.
  public static let wordPerplexity = Metric(
    "wordPerplexity", title: "perplexity per word", higherIsBetter: false)
  /// The loss for each character, in bits.
  public static let bitsPerCharacter = Metric("bitsPerCharacter", higherIsBetter: false)
}
