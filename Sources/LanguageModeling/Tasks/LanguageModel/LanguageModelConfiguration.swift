import FeedbackAlignment
import Networks
import Training

/// The configuration of ``LanguageModelTask``.
public struct LanguageModelConfiguration: TaskConfiguration {
  /// The text.
  public var text = TextSelection.name(.wikiText2)
  /// What its tokens are.
  public var tokens = TokenizerChoice(BytePairTokens())
  /// T, how many tokens the network sees at once; a batch has `training.batchSize` stretches of them.
  public var length = 128
  /// Which stretches a step sees.
  public var order = TokenOrder.columns
  /// The network.
  public var model = TransformerLanguageModel.Settings()
  /// Length and rhythm.
  public var training = TrainingConfiguration(epochs: 20, batchSize: 64)
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(Adam(), learningRate: 5e-5)
  /// The feedback matrices.
  public var feedback = FeedbackConfiguration(level: .block)

  /// The 2020 paper's network on WikiText-2.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey("text", \Self.text, TextSelection.explanation),
      SettingKey("tokens", \Self.tokens, "what tokens are: characters, bytes, or bytePairs with their size"),
      SettingKey(
        "length", \Self.length, "how many tokens the network sees at once; batchSize counts such stretches",
        .within(1...65_536)),
      SettingKey(
        "order", \Self.order,
        "which stretches a step sees: drawn anew, or columns of the text one after the other"),
      SettingKey("model", \Self.model, "the network"),
    ] + commonKeys
}
