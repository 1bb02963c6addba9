import Basics

/// A graph whose nodes cannot be split as they should.
public enum NodeSplitError: ReportableError, Equatable {
  /// The data have no split.
  case noSplit(String)
  /// There are too few nodes with a class.
  case tooFewNodes(String, labelled: Int, needed: Int)
  /// There are fewer than two classes.
  case tooFewClasses(String, Int)

  /// `ExitCode.data`.
  public var exitCode: Int32 { ExitCode.data }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noSplit(let source):
      "\(source): has no split of the nodes; add one (train_mask, val_mask and test_mask, or splits.csv), or draw one "
        + "by --set split=random"
    case .tooFewNodes(let source, let labelled, let needed):
      "\(source): has \(labelled) nodes with a class, where a split needs \(needed); label more nodes"
    case .tooFewClasses(let source, let classes):
      "\(source): has \(classes) classes, where nodes are told apart by two or more; add their classes (y, labels or "
        + "labels.csv)"
    }
  }
}
