import Networks

/// The split that the data have: of citation networks 20 nodes of each class, 500 and 1,000 nodes (Yang et al. 2016).
public struct PublicSplit: NodeSplitRule {
  /// `public`
  public static let name = "public"
  /// What it is.
  public static let summary = "the split that the data have"
  /// There are none.
  public static let keys: [SettingKey<Self>] = []

  /// The rule, which has no settings.
  public init() {}

  /// The split of the data.
  public func split(_ graph: LabelledGraph, seed: UInt64, source: String) throws -> NodeSplit {
    guard let split = graph.split else { throw NodeSplitError.noSplit(source) }
    return split
  }
}
