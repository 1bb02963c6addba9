import Networks

/// How rows are prepared, as far as it changes what comes out.
public struct PreparationSettings: Codable, Hashable, Sendable {
  /// On which rows values are counted.
  public enum VocabularyRows: String, NamedChoice {
    /// Those to learn from: a value that is only elsewhere is unseen, as it would be in use.
    case training
    /// All, as the code of Launay et al. 2020 does: values of the test rows get rows of the table, which stay as they
    /// were drawn.
    case all
  }

  /// What rows are split, and negatives drawn, by.
  public var seed: UInt64
  /// On which rows values are counted.
  public var vocabulary: VocabularyRows
  /// How often a value has to be there to get a row, instead of what the schema says; nil leaves that.
  public var minimumCount: Int?
  /// The share of lines that may give no row.
  public var malformedLimit: Double

  /// Settings.
  public init(
    seed: UInt64 = 0, vocabulary: VocabularyRows = .training, minimumCount: Int? = nil,
    malformedLimit: Double = 0.01
  ) {
    self.seed = seed
    self.vocabulary = vocabulary
    self.minimumCount = minimumCount
    self.malformedLimit = malformedLimit
  }

  /// - Throws: ``PreparationError/setting(name:reason:)``.
  func check() throws {
    guard minimumCount.map({ (1...1_000_000_000).contains($0) }) ?? true else {
      throw PreparationError.setting(name: "--minimum-count", reason: "must be from 1 to 1000000000")
    }
    guard (0...1).contains(malformedLimit) else {
      throw PreparationError.setting(name: "--malformed-limit", reason: "must be from 0 to 1")
    }
  }
}
