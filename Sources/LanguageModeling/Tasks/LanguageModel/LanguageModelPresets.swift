import FeedbackAlignment
import Networks
import Training

/// Characters of Shakespeare at nanoGPT's size for a processor; byte pairs of WikiText-2 at a size for a processor and at the paper's;
/// and the columns of table 5 of Launay et al. 2020, which are of WikiText-103.
extension LanguageModelConfiguration {
  /// The presets of ``LanguageModelTask``.
  static let presets: [Preset<Self>] =
    [
      Preset("transformer-shakespeare", "4 blocks of 128 on characters of Shakespeare, nanoGPT's size") {
        shakespeare(for: $0)
      },
      Preset("transformer-wikitext-2-small", "4 blocks of 64 on WikiText-2 in 1,000 tokens, for a processor")
      {
        small(for: $0)
      },
      Preset("transformer-wikitext-2", "the paper's network, 6 blocks of 512, on WikiText-2 in 32,000 tokens")
      {
        published(.schedule, for: $0, text: .name(.wikiText2))
      },
    ]
    + PublishedColumn.allCases.map { column in
      Preset("transformer-wikitext-103-\(column.rawValue)", "table 5 of the 2020 paper: \(column.title)") {
        published(column, for: $0, text: .path("wikitext-103"))
      }
    } + [debugPreset]

  /// nanoGPT's recipe for a processor: 2,000 steps of 12 stretches of 64 characters, AdamW with warm-up and cosine decay.
  private static func shakespeare(for method: MethodName) -> Self {
    var configuration = Self()
    configuration.text = .name(.tinyShakespeare)
    configuration.tokens = TokenizerChoice(CharacterTokens())
    (configuration.length, configuration.order) = (64, .drawn)
    configuration.model = .small
    configuration.training = TrainingConfiguration(steps: 2_000, batchSize: 12, evaluateEvery: .steps(250))
    configuration.optimizer = .cosine(rate: method == .shallow ? 1e-2 : 4e-3, warmup: .steps(100))
    return configuration
  }

  private static func small(for method: MethodName) -> Self {
    var configuration = Self()
    configuration.tokens = TokenizerChoice(BytePairTokens(size: 1_000))
    configuration.length = 64
    configuration.model = .small
    (configuration.model.width, configuration.model.hidden) = (64, 256)
    configuration.training = TrainingConfiguration(epochs: 2, batchSize: 32)
    configuration.optimizer = .cosine(rate: method == .shallow ? 1e-2 : 4e-3, warmup: .steps(100))
    return configuration
  }

  /// A column of table 5 of Launay et al. 2020.
  enum PublishedColumn: String, CaseIterable {
    case noam
    case beta2
    case adam
    case adamBeta2 = "adam-beta2"
    case schedule

    /// What changes from one to the next.
    var title: String {
      switch self {
      case .noam: "Noam's schedule, beta2 .98"
      case .beta2: "Noam's schedule, beta2 .999"
      case .adam: "Adam at 5e-5, beta2 .98"
      case .adamBeta2: "Adam at 5e-5, beta2 .999"
      case .schedule: "Adam at 1e-4, beta2 .999, a fifth of it on a plateau"
      }
    }
  }

  /// The settings of the published code, but for byte pairs that are learned from the text itself; backpropagation has Noam's schedule.
  static func published(_ column: PublishedColumn, for method: MethodName, text: TextSelection) -> Self {
    var configuration = Self()
    configuration.text = text
    configuration.tokens = TokenizerChoice(BytePairTokens(size: 32_000, isLowercased: true))
    configuration.training.patience = .epochs(5)
    let isOfAll = column == .noam || column == .beta2
    configuration.optimizer = method.tuned(
      bp: isOfAll ? column.optimizer : .noam(beta2: 0.999), dfa: column.optimizer)
    configuration.optimizer.clipNorm = 0.5
    return configuration
  }

  /// A tiny network on characters, to see that everything works.
  private static let debugPreset = Preset<Self>("debug", "2 blocks of 32 on Shakespeare, in seconds") { _ in
    var configuration = Self()
    configuration.text = .name(.tinyShakespeare)
    configuration.tokens = TokenizerChoice(CharacterTokens())
    (configuration.length, configuration.order) = (32, .drawn)
    configuration.model = .small
    (configuration.model.width, configuration.model.hidden) = (32, 64)
    (configuration.model.depth, configuration.model.heads) = (2, 2)
    configuration.training = TrainingConfiguration(steps: 60, batchSize: 16, evaluateEvery: .steps(30))
    configuration.optimizer = OptimizerConfiguration(AdamW(), learningRate: 3e-3)
    return configuration
  }
}

extension LanguageModelConfiguration.PublishedColumn {
  fileprivate var optimizer: OptimizerConfiguration {
    switch self {
    case .noam: .noam(beta2: 0.98)
    case .beta2: .noam(beta2: 0.999)
    case .adam: .adam(beta2: 0.98, learningRate: 5e-5)
    case .adamBeta2: .adam(beta2: 0.999, learningRate: 5e-5)
    case .schedule:
      .adam(
        beta2: 0.999, learningRate: 1e-4,
        schedule: PlateauDecay(factor: 0.2, patience: .epochs(1), metric: Metric.loss.name))
    }
  }
}

extension OptimizerConfiguration {
  fileprivate static func adam(
    beta2: Double, learningRate: Double, schedule: any LearningRateSchedule = ConstantRate()
  ) -> OptimizerConfiguration {
    OptimizerConfiguration(
      Adam(beta1: 0.9, beta2: beta2, epsilon: 1e-9), learningRate: learningRate, schedule: schedule)
  }

  fileprivate static func noam(beta2: Double) -> OptimizerConfiguration {
    adam(beta2: beta2, learningRate: 1, schedule: NoamSchedule())
  }

  /// AdamW that warms up and falls to a tenth along a cosine, with clipped gradients.
  fileprivate static func cosine(rate: Double, warmup: Span) -> OptimizerConfiguration {
    var optimizer = OptimizerConfiguration(
      AdamW(beta1: 0.9, beta2: 0.99), learningRate: rate, weightDecay: 0.1, schedule: CosineDecay(floor: 0.1))
    (optimizer.warmup, optimizer.clipNorm) = (warmup, 1)
    return optimizer
  }
}

extension TransformerLanguageModel.Settings {
  /// 4 blocks of 128, without dropout.
  fileprivate static var small: Self {
    var settings = Self()
    (settings.width, settings.depth, settings.heads, settings.hidden) = (128, 4, 4, 512)
    settings.dropout = 0
    return settings
  }
}
