import Datasets
import Foundation
import NeuralRendering
import TestSupport
import Testing
import Training

@Suite("The scene that is drawn") struct ShapesSceneTests {
  private var small: ShapesScene {
    var scene = ShapesScene()
    (scene.size, scene.trainingCount, scene.validationCount, scene.testCount) = (16, 3, 1, 2)
    return scene
  }

  @Test("It reads back from its files to the bit") func roundTrip() throws {
    let scratch = try TemporaryFolder()
    let folder = scratch.file("deep/scene")
    try small.write(to: folder)
    let (drawn, read) = (try small.scene(), try RadianceScene(at: folder))
    for split in [Split.training, .validation, .test] {
      let (views, others) = (drawn.views(split), read.views(split))
      #expect(views.count == others.count)
      for (view, other) in zip(views, others) {
        #expect(view.camera == other.camera && view.pixels == other.pixels && view.name == other.name)
      }
    }
    #expect(drawn.bounds == read.bounds && drawn.space == read.space)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("deep").path) == ["scene"])
    // What is there is left as it is.
    do {
      try small.write(to: folder)
      Issue.record("a scene was written over another")
    } catch { #expect("\(error)".contains("is there already and is no empty folder")) }
    let empty = scratch.file("empty")
    try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: false)
    try small.write(to: empty)
    #expect(try RadianceScene(at: empty).views(.test).count == 2)
  }

  @Test("Parts without views are not there") func onlyTraining() throws {
    let scratch = try TemporaryFolder()
    var scene = small
    (scene.validationCount, scene.testCount) = (0, 0)
    try scene.write(to: scratch.file("scene"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.file("scene").path).count == 2)
    #expect(try RadianceScene(at: scratch.file("scene")).views(.test).isEmpty)
  }

  @Test("Cameras stand above it at distance 4 and see it before nothing; a seed draws others") func views()
    throws
  {
    let scene = try small.scene()
    for view in Split.allCases.flatMap(scene.views) {
      let place = view.camera.pose.position
      #expect(abs((place * place).sum() - 16) < 1e-9 && place.z > 0 && view.camera.pose.fault == nil)
      let opacity = stride(from: 3, to: view.pixels.count, by: 4).map { view.pixels[$0] }
      #expect(opacity[0] == 0 && opacity.contains(255) && opacity.contains { $0 > 0 && $0 < 255 })
    }
    #expect(scene.views(.training)[0].pixels == (try small.scene().views(.training)[0].pixels))
    var other = small
    other.seed = 1
    #expect(scene.views(.training)[0].camera != (try other.scene().views(.training)[0].camera))
    // More views leave those before as they are.
    other = small
    other.trainingCount = 5
    #expect(try other.scene().views(.training)[2].camera == scene.views(.training)[2].camera)
  }

  @Test("The tops of the balls are seen where they are by all cameras well above them") func places() throws {
    var scene = small
    (scene.size, scene.trainingCount) = (100, 6)
    /// The colour where a view shows a point of the world.
    func color(_ point: SIMD3<Double>, in view: SceneView) -> [UInt8] {
      let (camera, pose) = (view.camera, view.camera.pose)
      let offset = point - pose.position
      let depth = -(offset * pose.backward).sum()
      let x = 50 + camera.focal * (offset * pose.right).sum() / depth
      let y = 50 - camera.focal * (offset * pose.up).sum() / depth
      let start = (Int(y) * 100 + Int(x)) * 4
      return Array(view.pixels[start..<(start + 4)])
    }
    let views = try scene.scene().views(.training).filter { $0.camera.pose.position.z > 2.5 }
    #expect(!views.isEmpty)
    for view in views {
      let green = color([0.1, 0.65, 0.88], in: view)
      #expect(green[1] > green[0] && green[1] > green[2] && green[3] == 255)
      let red = color([-0.5, -0.4, 0.08], in: view)
      #expect(red[0] > red[1] && red[0] > red[2] && red[3] == 255)
    }
  }

  @Test("A selection finds it by name, has its digest, and says where scenes come from") func selection()
    throws
  {
    let scratch = try TemporaryFolder()
    let store = DatasetStore(
      explicit: scratch.url, environment: ["XDG_CACHE_HOME": scratch.file("cache").path])
    let settings = SceneSettings()
    #expect(SceneSelection("shapes") == .name(.shapes))
    let digest = try SceneSelection("shapes").digest(settings, in: store)
    #expect(digest.count == 20)
    try small.write(to: scratch.file("nerf_synthetic/drawn"))
    let own = SceneSelection("nerf_synthetic/drawn")
    #expect(try own.scene(settings, in: store).views(.training).count == 3)
    let before = try own.digest(settings, in: store)
    #expect(before == (try own.digest(settings, in: store)) && before != digest)
    var fewer = settings
    fewer.everyTestView = 2
    #expect(before != (try own.digest(fewer, in: store)))
    do {
      _ = try SceneSelection("nerf_synthetic/lgo").scene(settings, in: store)
      Issue.record("there is such a scene")
    } catch {
      #expect("\(error)".contains(scratch.url.path) && "\(error)".contains("https://github.com/bmild/nerf"))
    }
  }
}
