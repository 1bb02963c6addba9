import Foundation

extension RadianceScene {
  /// Reads the photographs of a scene, and where their cameras stood.
  ///
  /// | what is at the place | is read as |
  /// |---|---|
  /// | a folder with `transforms_train.json` | NeRF-Synthetic: the views of this file for training, those of `transforms_val.json` and `transforms_test.json`, where they are there, to choose by and to report |
  /// | a folder with `poses_bounds.npy` | LLFF: the images of `images_8`; every eighth view is held out, to choose by and to report |
  /// | an `.npz` file with `images_train` | NeRF-Synthetic in arrays: `images_*`, `poses_*` of `train`, `val` and `test`, and `camera_angle_x` or `focal` |
  /// | an `.npz` file with `images` | `images`, `poses` and `focal` of `tiny_nerf_data.npz` |
  ///
  /// Images are PNG of 8 bits a channel or JPEG; opaque where they say nothing else.
  ///
  /// **Source** Mildenhall et al. 2020 and its published code; Mildenhall et al. 2019 for LLFF.
  /// - Parameters:
  ///   - place: The folder or file.
  ///   - settings: Which views are read, how large, and where along their rays something is looked for.
  /// - Throws: `DataError` that names the file and what to do; `ConfigurationError` when `near` and `far` do not fit the scene.
  public init(at place: URL, settings: SceneSettings = SceneSettings()) throws {
    switch try SceneKind(at: place) {
    case .synthetic(let scene): self = try scene.read(settings)
    case .forwardFacing(let scene): self = try scene.read(settings)
    case .archive(let archive): self = try archive.read(settings)
    }
  }
}
