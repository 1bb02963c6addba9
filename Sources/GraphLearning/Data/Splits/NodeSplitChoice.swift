import Networks

/// How nodes are split, as a setting: `public`, `fiveFold`, or `{random: {perClass: 20, validation: 500, seed: 0}}`.
public struct NodeSplitChoice: SettingChoice {
  /// What there is to choose from.
  public static let kinds: [any SettingKind.Type] = [
    PublicSplit.self, FiveFoldSplit.self, RandomSplit.self,
  ]
  /// That of the data.
  public static let publicSplit = NodeSplitChoice(PublicSplit())
  /// Fifths of every class.
  public static let fiveFold = NodeSplitChoice(FiveFoldSplit())

  /// How nodes are split.
  public let rule: any NodeSplitRule

  /// Nodes that are split by a rule.
  public init(_ rule: any NodeSplitRule) { self.rule = rule }
  /// Nodes that are split by a rule; nil for anything else.
  public init?(_ kind: any SettingKind) {
    guard let rule = kind as? any NodeSplitRule else { return nil }
    self.rule = rule
  }
  /// The rule.
  public var kind: any SettingKind { rule }
}

/// A way to split nodes, and its settings.
public protocol NodeSplitRule: SettingKind {
  /// The split of a graph.
  /// - Parameters:
  ///   - graph: The graph.
  ///   - seed: The run's seed.
  ///   - source: What messages call the graph.
  /// - Throws: ``NodeSplitError`` when the graph has no such split, or a part of it would be empty.
  func split(_ graph: LabelledGraph, seed: UInt64, source: String) throws -> NodeSplit
}
