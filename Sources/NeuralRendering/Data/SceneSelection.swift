import Datasets
import Foundation
import Networks
import Training

/// The scene of a task: one that is drawn by name, or photographs in a folder or file, at a path or of a name under a data root:
/// `nerf_synthetic/lego`, `nerf_llff_data/fern`, `nerf_synthetic/lego_100.npz`.
public typealias SceneSelection = NameOrPath<SceneDataset>

extension NameOrPath<SceneDataset> {
  /// What keys of this type mean, for a list of keys.
  static var explanation: String {
    "shapes, which needs no files, or a scene of photographs: a folder in the layout of NeRF-Synthetic or LLFF, or an .npz file"
  }

  /// Reads the scene.
  /// - Parameters:
  ///   - settings: Which views are read, how large, and where along their rays something is looked for.
  ///   - store: Where data sets are.
  /// - Throws: `DataError` when files are missing, damaged or contradict each other, `ConfigurationError` when nothing is at the
  ///   path.
  package func scene(_ settings: SceneSettings, in store: DatasetStore) throws -> RadianceScene {
    switch self {
    case .name(let name): try name.scene(settings)
    case .path(let path): try RadianceScene(at: Self.scenePlace(of: path, in: store), settings: settings)
    }
  }

  /// A digest of the files that are read, or of the parameters of a scene that is drawn.
  /// - Parameters:
  ///   - settings: Which views are read.
  ///   - store: Where data sets are.
  /// - Throws: What finding and reading them throws.
  package func digest(_ settings: SceneSettings, in store: DatasetStore) throws -> String {
    switch self {
    case .name(let name): return name.digest
    case .path(let path):
      let place = try Self.scenePlace(of: path, in: store).standardizedFileURL
      let files = try SceneKind(at: place).files(settings)
      return try store.digest(of: files, below: files == [place] ? place.deletingLastPathComponent() : place)
    }
  }

  private static func scenePlace(of path: String, in store: DatasetStore) throws -> URL {
    do { return try place(of: path, in: store, key: "scene") } catch {
      guard case ConfigurationError.value(let key, let reason) = error else { throw error }
      throw ConfigurationError.value(
        key: key,
        reason: "\(reason); scenes nerf_synthetic/NAME and nerf_llff_data/NAME are had from "
          + "https://github.com/bmild/nerf, and \"dfa data make-scene FOLDER\" draws one")
    }
  }
}
