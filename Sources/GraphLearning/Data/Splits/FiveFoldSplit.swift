import Networks

/// A fifth, a fifth and three fifths of the nodes, drawn from the run's seed so that every class has its share of each; not
/// comparable with the public split.
///
/// **Source** Launay et al. 2020, published code for DNAConv.
public struct FiveFoldSplit: NodeSplitRule {
  /// `fiveFold`
  public static let name = "fiveFold"
  /// What it is.
  public static let summary =
    "a fifth of each class is trained on, a fifth for validation, drawn from the run's seed"
  /// There are none.
  public static let keys: [SettingKey<Self>] = []

  /// The rule, which has no settings.
  public init() {}

  /// The split of the labels.
  public func split(_ graph: LabelledGraph, seed: UInt64, source: String) throws -> NodeSplit {
    let split = NodeSplit(fiveFoldsOf: graph.labels, seed: seed)
    guard !split.training.isEmpty, !split.validation.isEmpty, !split.test.isEmpty else {
      throw NodeSplitError.tooFewNodes(source, labelled: graph.labels.count { $0 >= 0 }, needed: 3)
    }
    return split
  }
}
