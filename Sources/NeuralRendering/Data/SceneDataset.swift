import Basics
import Datasets
import Foundation
import Networks

/// Scenes by name, for which no file is needed.
public enum SceneDataset: String, NamedChoice {
  /// A few shapes on a chequered disc, drawn by a ray tracer when they are asked for.
  case shapes

  /// The scene.
  /// - Parameter settings: Which views there are, how large, and where along their rays something is looked for.
  /// - Throws: `DataError` when images cannot be made smaller, `ConfigurationError` when `near` and `far` do not fit.
  func scene(_ settings: SceneSettings) throws -> RadianceScene {
    switch self {
    case .shapes: try ShapesScene().scene(settings)
    }
  }

  /// A digest of what decides the photographs; 20 hexadecimal digits, as that of files.
  var digest: String {
    switch self {
    case .shapes: String(Digest.sha256(of: Array(ShapesScene().identity.utf8)).prefix(20))
    }
  }
}
