import Datasets
import Foundation

/// How the files of a scene are laid out.
enum SceneKind {
  /// A folder with `transforms_train.json`.
  case synthetic(SyntheticScene)
  /// A folder with `poses_bounds.npy`.
  case forwardFacing(ForwardFacingScene)
  /// An `.npz` file.
  case archive(SceneArchive)

  /// Sees from what is at a place which kind it is.
  /// - Throws: `DataError` when it is none.
  init(at place: URL) throws(DataError) {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    guard manager.fileExists(atPath: place.path, isDirectory: &isFolder) else {
      throw .unusable(path: place.path, reason: "is not there", remedy: "give \(Self.known)")
    }
    guard isFolder.boolValue else {
      guard place.pathExtension.lowercased() == "npz" else {
        throw .unusable(path: place.path, reason: "is no scene", remedy: "give \(Self.known)")
      }
      self = .archive(SceneArchive(place))
      return
    }
    func has(_ name: String) -> Bool {
      manager.fileExists(atPath: place.appendingPathComponent(name).path)
    }
    if has(SyntheticScene.trainingFile) {
      self = .synthetic(SyntheticScene(place))
    } else if has(ForwardFacingScene.posesFile) {
      self = .forwardFacing(ForwardFacingScene(place))
    } else {
      let isEmpty = (try? manager.contentsOfDirectory(atPath: place.path))?.isEmpty ?? false
      throw .unusable(
        path: place.path, reason: isEmpty ? "is an empty folder" : "is no scene", remedy: "give \(Self.known)"
      )
    }
  }

  /// What messages say of the kinds there are.
  static let known =
    "a folder with \(SyntheticScene.trainingFile) (NeRF-Synthetic), a folder with \(ForwardFacingScene.posesFile) "
    + "and images_8 (LLFF), or an .npz file such as lego_100.npz or tiny_nerf_data.npz"

  /// The files that are read.
  /// - Throws: `DataError` when they cannot be known.
  func files(_ settings: SceneSettings) throws -> [URL] {
    switch self {
    case .synthetic(let scene): try scene.files(settings)
    case .forwardFacing(let scene): try scene.files(settings)
    case .archive(let archive): [archive.file]
    }
  }
}
