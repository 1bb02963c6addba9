import Foundation
import NeuralRendering
import TestConditions
import Testing
import Training

@Suite("Scenes in the layout of LLFF") struct ForwardFacingSceneTests {
  private let files: SceneFiles

  /// A camera of LLFF that stands at a place and looks along the world's negative z axis: down, right and backwards are the first
  /// columns. Its photographs have 16 x 8 pixels, of which the images have a quarter in each direction.
  private static func row(_ x: Double, _ y: Double = 0, near: Double = 2, far: Double = 10) -> [Double] {
    [0, 1, 0, x, 8, -1, 0, 0, y, 16, 0, 0, 1, 0, 20, near, far]
  }

  init() throws {
    files = try SceneFiles()
    for index in 0..<4 { try files.png("images_4/image\(index).png", width: 4, height: 2) }
    try files.poses([Self.row(-3), Self.row(-1), Self.row(1), Self.row(3, far: 20)])
  }

  private func read(_ change: (inout SceneSettings) -> Void = { _ in }) throws -> RadianceScene {
    try files.read {
      ($0.factor, $0.testEvery) = (4, 2)
      change(&$0)
    }
  }

  private func complaint(_ change: (inout SceneSettings) -> Void = { _ in }) -> String {
    files.complaint {
      ($0.factor, $0.testEvery) = (4, 2)
      change(&$0)
    }
  }

  @Test("Down, right and backwards become right, up and backwards; the nearest bound is at 1 / 0.75")
  func axes() throws {
    let scene = try read()
    #expect(scene.space == .normalizedDevice && scene.bounds == 0...1)
    #expect(scene.views(.training).map(\.name) == ["image1", "image3"])
    #expect(scene.views(.validation).map(\.name) == ["image0", "image2"])
    #expect(scene.views(.test).map(\.name) == ["image0", "image2"])
    let camera = scene.views(.training)[1].camera
    #expect(
      camera.pose.right == [1, 0, 0] && camera.pose.up == [0, 1, 0] && camera.pose.backward == [0, 0, 1])
    // The nearest bound, 2, is at 4 / 3.
    #expect((camera.pose.position - [2, 0, 0]).max() < 1e-12)
    #expect(camera.focal == 5 && camera.width == 4 && camera.height == 2)
  }

  @Test("Without normalised device coordinates the bounds are 0.9 of the nearest, and the farthest")
  func world() throws {
    let scene = try read { $0.isForwardFacing = false }
    #expect(scene.space == .world)
    #expect(abs(scene.bounds.lowerBound - 1.2) < 1e-12 && abs(scene.bounds.upperBound - 40 / 3) < 1e-12)
    let wide = try read { ($0.isForwardFacing, $0.boundsFactor) = (false, 0.5) }
    #expect(abs(wide.bounds.lowerBound - 1.8) < 1e-12)
  }

  @Test("The spiral goes as far as nine tenths of the cameras, and looks where the published code does")
  func spiral() throws {
    let spiral = try #require(try read().spiral)
    // Of the distances 2, 2/3, 2/3, 2 from the middle: place 2.7 of 0 to 3.
    #expect(abs(spiral.radii.x - 2) < 1e-12 && spiral.radii.y == 0 && spiral.radii.z == 0)
    // 1 / (0.25 / (0.9 * 4 / 3) + 0.75 / (5 * 40 / 3))
    #expect(abs(spiral.focus - 1 / (0.25 / 1.2 + 0.75 * 3 / 200)) < 1e-12)
    #expect(spiral.center.position == [0, 0, 0] || abs(spiral.center.position.x) < 1e-12)
  }

  @Test("Fewer held-out views on request") func fewer() throws {
    let scene = try read { $0.everyTestView = 2 }
    #expect(scene.views(.test).map(\.name) == ["image0"] && scene.views(.training).count == 2)
  }

  @Test("Files that cannot be used are named, with what to do") func errors() throws {
    #expect(complaint { $0.factor = 8 }.contains("has no folder images_8, but images_4; set factor"))
    #expect(complaint { $0.downscale = 3 }.contains("4 x 2 pixels cannot be parted"))
    try files.poses([Self.row(0)])
    #expect(complaint().contains("has 1 cameras, where there are 4 images in images_4; give"))
    try files.poses([Self.row(0), Self.row(.nan), Self.row(1), Self.row(2)])
    #expect(complaint().contains("of camera 1 has a pose that has numbers that are not finite"))
    try files.poses([Self.row(0, near: 3, far: 2)])
    #expect(complaint().contains("of camera 0 has the bounds 3.0 and 2.0"))
    try files.poses([[0, 0, 0, 0, 8, -1, 0, 0, 0, 16, 0, 0, 1, 0, 20, 1, 2]])
    #expect(complaint().contains("of camera 0 has a pose that is singular"))
    try files.poses([[1, 2, 3]], width: 3)
    #expect(complaint().contains("has the shape [1, 3], where a row of 17 numbers"))
    try files.scratch.file("poses_bounds.npy", holding: "nothing")
    #expect(complaint().contains("poses_bounds.npy: the array \"poses_bounds\" is not of NumPy's format"))
  }

  @Test("Images that are cut have no focal length") func cut() throws {
    for index in 0..<4 { try files.png("images_4/image\(index).png", width: 4, height: 4) }
    #expect(
      complaint().contains("4 x 4 pixels, where the photographs have 16 x 8; give images that are smaller"))
  }

  @Test("A folder without images, and a single camera, cannot be used") func few() throws {
    try files.scratch.file("images_2/notes.txt", holding: "")
    #expect(complaint { $0.factor = 2 }.contains("images_2: has no images"))
    try files.poses([Self.row(0)])
    try files.png("images_2/image0.png", width: 4, height: 2)
    #expect(complaint { $0.factor = 2 }.contains("leaves none to learn from"))
  }

  @Test(
    "Fern's cameras are those that NumPy makes of them by the published formulas",
    .needsPlace("nerf_llff_data/fern"))
  func fern() throws {
    let scene = try SceneSelection.path("nerf_llff_data/fern").scene(SceneSettings(), in: .init())
    #expect([Split.training, .validation, .test].map { scene.views($0).count } == [17, 3, 3])
    let view = scene.views(.training)[0]
    #expect(view.name == "image001" && view.camera.width == 504 && view.camera.height == 378)
    #expect(abs(view.camera.focal - 407.5657916100737) < 1e-9)
    let expected = [
      0.9992918704463414, -0.007346051785010908, -0.03690248207132846, -0.14985764226975298,
      0.009018718308904671, 0.9989296913049397, 0.04536666782432215, 0.1344029507054836,
      0.03652971913274739, -0.04566735543678545, 0.9982885716402312, 0.029027124524128874,
    ]
    for (value, number) in zip(view.camera.pose.rows, expected) { #expect(abs(value - number) < 1e-9) }
    let spiral = try #require(scene.spiral)
    #expect(abs(spiral.focus - 4.306293201881988) < 1e-9)
    for (radius, number) in zip(
      (0..<3).map { spiral.radii[$0] }, [0.394512545188, 0.129183540859, 0.040781288163])
    {
      #expect(abs(radius - number) < 1e-9)
    }
    let cameras = CameraPath.spiral(spiral, like: view.camera)
    #expect(cameras.count == 120)
    // The published code takes the sum of what is up, of which the centre's differs by less than 0.0001.
    let frame = [
      0.9976748007700588, 0.0013408412288542998, 0.06814098658826856, 0.29317995654263607,
      2.8486779974568806e-05, 0.9997981637592016, -0.02009056824065063, -0.08644066102683769,
      -0.06815417152989944, 0.02004579478414058, 0.9974733956424829, -0.014614706618663828,
    ]
    for (value, number) in zip(cameras[7].pose.rows, frame) { #expect(abs(value - number) < 1e-4) }
    let bounds = try SceneSelection.path("nerf_llff_data/fern").scene(
      {
        var settings = SceneSettings(); settings.isForwardFacing = false; return settings
      }(), in: .init()
    ).bounds
    #expect(abs(bounds.lowerBound - 1.2) < 1e-9 && abs(bounds.upperBound - 6.2801061625525785) < 1e-9)
  }
}
