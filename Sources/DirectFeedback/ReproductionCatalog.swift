import GraphLearning
import ImageClassification
import Training

/// All tables and figures of the papers that the package reproduces, by which the command finds them.
public enum ReproductionCatalog {
  /// Every table of every family.
  public static let reproductions: [Reproduction] =
    GraphLearning.reproductions + ImageClassification.reproductions

  /// Every figure of every family.
  public static let figures: [ActivationFigure] = GraphLearning.figures

  /// The figure of a name, if it is one's.
  public static func figure(named name: String) -> ActivationFigure? { figures.first { $0.name == name } }

  /// The table of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  public static func reproduction(named name: String) throws -> Reproduction {
    guard let reproduction = reproductions.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown(
        "experiment", name, among: reproductions.map(\.name) + figures.map(\.name))
    }
    return reproduction
  }
}
