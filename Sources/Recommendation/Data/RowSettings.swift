import Networks

/// How the rows of a data set are prepared when it is first used.
public struct RowSettings: Settings {
  /// What rows are split, and negatives drawn, by: not the seed of a run, so that all runs see the same rows; from 0 on.
  public var seed = 0
  /// On which rows values are counted.
  public var vocabulary = PreparationSettings.VocabularyRows.training
  /// How often a value has to be there to get a row of the table; nil: the data set's own.
  public var minimumCount: Int?

  /// Seed 0, and the data set's own settings.
  public init() {}

  /// The keys in files.
  public static let keys = [
    SettingKey("seed", \Self.seed, "what rows are split, and negatives drawn, by", .atLeast(0)),
    SettingKey(
      "vocabulary", \Self.vocabulary,
      "on which rows values are counted: those of training, or all, as the published code does"),
    SettingKey(
      "minimumCount", optional: \Self.minimumCount,
      "how often a value has to be there to get a row of the table; null: the data set's own",
      .within(1...1_000_000_000)),
  ]

  var preparation: PreparationSettings {
    PreparationSettings(seed: UInt64(max(seed, 0)), vocabulary: vocabulary, minimumCount: minimumCount)
  }
}
