import GraphLearning
import Training

/// All tables of the papers that the package reproduces, by which the command finds them.
public enum ReproductionCatalog {
  /// Every table of every family.
  public static let reproductions: [Reproduction] = GraphLearning.reproductions

  /// The table of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  public static func reproduction(named name: String) throws -> Reproduction {
    guard let reproduction = reproductions.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("experiment", name, among: reproductions.map(\.name))
    }
    return reproduction
  }
}
