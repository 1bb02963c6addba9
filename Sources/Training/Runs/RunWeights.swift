/// Which weights of a run.
public enum RunWeights: String, CaseIterable, Sendable {
  /// Those of the selected epoch.
  case best
  /// Those at the end.
  case last
}
