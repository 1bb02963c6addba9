import Foundation
import NeuralRendering
import TestConditions
import TestSupport
import Testing
import Training

@Suite("Scenes in .npz files") struct SceneArchiveTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// One pose for each image.
  private static func poses(_ count: Int, z: Float = 4) -> NumPyFiles.Array {
    let pose: [Float] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, z, 0, 0, 0, 1]
    return NumPyFiles.Array([[Float]](repeating: pose, count: count).flatMap(\.self), [count, 4, 4])
  }

  private static let focal = SceneFiles.doubles([20], [])

  private func read(_ arrays: [String: NumPyFiles.Array], _ settings: SceneSettings = SceneSettings()) throws
    -> RadianceScene
  {
    let file = scratch.file("tiny.npz")
    try Data(NumPyFiles.archive(arrays)).write(to: file)
    return try RadianceScene(at: file, settings: settings)
  }

  private func complaint(_ arrays: [String: NumPyFiles.Array]) -> String {
    do {
      _ = try read(arrays)
      return ""
    } catch { return "\(error)" }
  }

  @Test("Parts of bytes, with opacity or without") func parts() throws {
    let scene = try read([
      "images_train": .init([1, 2, 3, 4, 5, 6, 7, 8] as [UInt8], [2, 1, 1, 4]), "poses_train": Self.poses(2),
      "images_test": .init([9, 9, 9] as [UInt8], [1, 1, 1, 3]), "poses_test": Self.poses(1),
      "camera_angle_x": SceneFiles.doubles([1], []),
    ])
    #expect(scene.name == "tiny" && scene.bounds == 2...6 && scene.views(.validation).isEmpty)
    #expect(scene.views(.training).map(\.pixels) == [[1, 2, 3, 4], [5, 6, 7, 8]])
    #expect(scene.views(.test).map(\.pixels) == [[9, 9, 9, 255]])
    #expect(scene.views(.test)[0].name == "test_0" && scene.views(.test)[0].camera.focal == 0.5 / tan(0.5))
    #expect(scene.views(.training)[0].camera.pose.position == [0, 0, 4])
  }

  @Test("In tiny_nerf_data the first 100 are for training, 100 for validation, 101 for the test") func tiny()
    throws
  {
    let values = (0..<106).flatMap { index in [Float](repeating: Float(index) / 255, count: 12) }
    var settings = SceneSettings()
    settings.downscale = 2
    let arrays = [
      "images": NumPyFiles.Array(values, [106, 2, 2, 3]), "poses": Self.poses(106), "focal": Self.focal,
    ]
    let scene = try read(arrays, settings)
    #expect(scene.views(.training).map { $0.pixels[0] } == (0..<100).map { UInt8($0) })
    #expect(scene.views(.validation).map(\.pixels) == [[100, 100, 100, 255]])
    #expect(scene.views(.test).map(\.pixels) == [[101, 101, 101, 255]])
    #expect(scene.views(.test)[0].camera.focal == 10 && scene.views(.test)[0].name == "view_101")
  }

  @Test("Arrays that cannot be used are named, with what to do") func errors() throws {
    let pixel = NumPyFiles.Array([1, 2, 3] as [UInt8], [1, 1, 1, 3])
    let good = ["images_train": pixel, "poses_train": Self.poses(1), "focal": Self.focal]
    func without(_ name: String) -> [String: NumPyFiles.Array] { good.filter { $0.key != name } }
    func with(_ name: String, _ array: NumPyFiles.Array) -> [String: NumPyFiles.Array] {
      good.merging([name: array]) { $1 }
    }
    #expect(complaint(good).isEmpty)
    #expect(complaint(without("focal")).contains("has neither \"focal\" nor \"camera_angle_x\"; add"))
    #expect(complaint(without("poses_train")).contains("has no array \"poses_train\""))
    #expect(complaint(without("images_train")).contains("has no array \"images\""))
    #expect(complaint(with("focal", SceneFiles.doubles([-1], []))).contains("is not one positive number"))
    #expect(complaint(with("poses_train", Self.poses(2))).contains("where there are 1 images"))
    #expect(
      complaint(with("poses_train", Self.poses(1, z: .nan))).contains("of image 0 has numbers that are not"))
    #expect(
      complaint(with("images_train", .init([1, 2, 3] as [UInt8], [1, 3]))).contains("has the shape [1, 3]"))
    #expect(complaint(with("images_train", .init([1, 2, 3], [1, 1, 1, 3]))).contains("elements of type i8"))
    #expect(
      complaint(with("images_train", .init([0, 2, 0] as [Float], [1, 1, 1, 3]))).contains("has the value 2.0")
    )
    let few = ["images": pixel, "poses": Self.poses(1), "focal": Self.focal]
    #expect(complaint(few).contains("has 1 images, where number 101 is to be reported"))
    let other = with("images_val", .init([UInt8](repeating: 1, count: 12), [1, 2, 2, 3]))
      .merging(["poses_val": Self.poses(1)]) { $1 }
    #expect(complaint(other).contains("the validation images are of another size"))
    try scratch.file("bad.npz", holding: "nothing")
    #expect(throws: (any Error).self) { try RadianceScene(at: scratch.file("bad.npz")) }
  }

  @Test("Lego's arrays are read as NumPy reads them", .needsPlace("nerf_synthetic/lego_100.npz")) func lego()
    throws
  {
    let scene = try SceneSelection.path("nerf_synthetic/lego_100.npz").scene(SceneSettings(), in: .init())
    #expect([Split.training, .validation, .test].map { scene.views($0).count } == [100, 100, 200])
    let view = scene.views(.training)[0]
    #expect(view.pixels.reduce(0) { $0 + Int($1) } == 1_185_094)
    #expect(Array(view.pixels[(50 * 100 + 50) * 4..<(50 * 100 + 51) * 4]) == [143, 105, 23, 255])
    #expect(view.camera.focal == 138.88887889922103)
    #expect(view.camera.pose.position == [-0.05379832163453102, 3.845470428466797, 1.2080823183059692])
  }
}
