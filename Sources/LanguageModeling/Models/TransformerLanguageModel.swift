import Networks
import Torch

/// A Transformer that tells from the tokens up to each position how probable each token is as the next: an embedding with positions,
/// causal blocks, and a projection to the vocabulary.
///
/// **Shape** tokens `[B, T]` of `int64` to logits `[B, T, K]`. The error is read below the projection, where a feedback matrix is as
/// wide as the model, or at the logits, where it is as wide as the vocabulary. Points are those of `TransformerBlock`, and one at the embedding where it
/// is asked for; otherwise the embedding learns through the first block.
///
/// In PyTorch the blocks are the layers of a `nn.TransformerEncoder`, between an `embedding` and a `decoder`.
///
/// **Source** Vaswani et al. 2017; Launay et al. 2020, section 3.4.
public struct TransformerLanguageModel {
  /// Where the error is read.
  public enum ErrorPlace: String, NamedChoice {
    /// Below the projection to the vocabulary, as in the published code.
    case hidden
    /// At the logits.
    case logits
  }

  /// What the model can be told.
  public struct Settings: Networks.Settings {
    /// D, the width of the model.
    public var width = 512
    /// How many blocks there are.
    public var depth = 6
    /// The heads of attention.
    public var heads = 8
    /// The width of the perceptrons' hidden layer.
    public var hidden = 2_048
    /// The probability that an element of a branch, of a hidden layer or of the embedding is dropped in training. Those of attention's
    /// weights are not.
    public var dropout = 0.1
    /// Where normalisation is.
    public var normalization = NormalizationPlace.post
    /// The perceptrons' nonlinearity.
    public var activation = Activation.relu
    /// Where positions come from.
    public var positions = PositionKind.sinusoidal
    /// How positions see each other.
    public var attention = AttentionKind.products
    /// Whether the projection to the vocabulary is the embedding's table.
    public var isTied = false
    /// Where the error is read.
    public var error = ErrorPlace.hidden
    /// Whether the embedding ends at a point.
    public var endsEmbedding = false
    /// Whether the last block ends at a point, as in the published code; otherwise it learns from the error itself, which is read there.
    public var endsLastBlock = true

    /// The 2020 paper's.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("width", \Self.width, "the width of the model", .within(1...maximumWidth)),
      SettingKey("depth", \Self.depth, "how many blocks there are", .within(1...1_000)),
      SettingKey("heads", \Self.heads, "the heads of attention", .within(1...1_024)),
      SettingKey(
        "hidden", \Self.hidden, "the width of the perceptrons' hidden layer", .within(1...maximumWidth)),
      SettingKey(
        "dropout", \Self.dropout, "the probability that an element is dropped in training", .within(0...1)),
      SettingKey("normalization", \Self.normalization, "where normalisation is: post, pre or sandwich"),
      SettingKey("activation", \Self.activation, "the perceptrons' nonlinearity"),
      SettingKey("positions", \Self.positions, "where positions come from"),
      SettingKey("attention", \Self.attention, "how positions see each other"),
      SettingKey("isTied", \Self.isTied, "whether the projection to the vocabulary is the embedding's table"),
      SettingKey(
        "error", \Self.error, "where the error is read: below the projection to the vocabulary, or after it"),
      SettingKey("endsEmbedding", \Self.endsEmbedding, "whether the embedding ends at a feedback point"),
      SettingKey(
        "endsLastBlock", \Self.endsLastBlock,
        "whether the last block ends at a feedback point; otherwise it learns from the error itself"),
    ]

    /// Heads share the width alike.
    public func validate() throws(SettingError) {
      try require(
        "heads", width.isMultiple(of: heads), "must divide width (\(width)), which heads share alike")
      try require(
        "heads", attention != .fixed || heads == FixedPatternAttention.patterns,
        "must be \(FixedPatternAttention.patterns), the patterns of fixed attention")
    }
  }

  private let settings: Settings
  private let embedding: Embedding
  private let positions: Positions
  private let dropout: Dropout
  private let embedded: FeedbackPoint?
  private let blocks: [TransformerBlock]
  private let norm: LayerNorm?
  private let output: FeedbackOutput
  private let decoder: Decoder

  private enum Positions {
    case fixed(Tensor)
    case learned(Parameter)

    var tensor: Tensor {
      switch self {
      case .fixed(let table): table
      case .learned(let table): table.tensor
      }
    }
  }

  private enum Decoder {
    case own(Linear)
    case tied(Parameter)
  }

  /// A model with its parameters in a scope.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: What a configuration says; they have been checked.
  ///   - vocabulary: K, how many tokens there are.
  ///   - length: The greatest number of positions.
  public init(_ scope: Scope, _ settings: Settings, vocabulary: Int, length: Int) {
    let (width, bound) = (settings.width, 0.1)
    let output = FeedbackOutput(scope / "output", rowDimensions: 2)
    embedding = Embedding(scope / "embedding", vocabulary, width, initializer: .uniform(bound: bound))
    switch settings.positions {
    case .sinusoidal:
      positions = .fixed(SinusoidalPositions.table(length: length, width: width).to(scope.device))
    case .learned:
      positions = .learned(
        (scope / "positions").parameter("weight", [length, width], .uniform(bound: bound)))
    }
    dropout = Dropout(settings.dropout)
    embedded =
      settings.endsEmbedding ? FeedbackPoint(scope / "embedding", of: output, level: .block) : nil
    blocks = (1...settings.depth).map { number in
      TransformerBlock(
        (scope / "block\(number)").inPyTorch(scope.nameInPyTorch(of: "encoder.layers.\(number - 1)")),
        settings, length: length, of: output,
        hasEnd: number < settings.depth || settings.endsLastBlock)
    }
    norm =
      settings.normalization == .post
      ? nil : LayerNorm((scope / "norm").inPyTorch(scope.nameInPyTorch(of: "encoder.norm")), width)
    decoder =
      settings.isTied
      ? .tied(embedding.weight)
      : .own(
        Linear(
          scope / "decoder", width, vocabulary, initializer: .uniform(bound: bound),
          biasInitializer: .constant(0)))
    (self.settings, self.output) = (settings, output)
  }

  /// The logits of the next token at each position.
  public func callAsFunction(_ tokens: Tensor, _ pass: Pass) -> Tensor {
    let start = positions.tensor.narrowed(0, start: 0, length: tokens.shape[1])
    let x = dropout(embedding(tokens) * Double(settings.width).squareRoot() + start, pass)
    let ended = blocks.reduce(embedded?(x, pass) ?? x) { $1($0, pass) }
    switch settings.error {
    case .hidden: return decoded(output(ended, pass), pass)
    case .logits: return output(decoded(ended, pass), pass)
    }
  }

  private func decoded(_ ended: Tensor, _ pass: Pass) -> Tensor {
    let hidden = norm?(ended, pass) ?? ended
    switch decoder {
    case .own(let linear): return linear(hidden, pass)
    case .tied(let table):
      return pass.product(hidden, [table]) { x, weights, _ in x.linear(weight: weights[0]) }
    }
  }
}
