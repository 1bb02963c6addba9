import Foundation
import NeuralRendering
import TestConditions
import TestSupport
import Testing
import Training

@Suite("Scenes in the layout of NeRF-Synthetic") struct SyntheticSceneTests {
  private let files: SceneFiles

  init() throws {
    files = try SceneFiles()
    try files.transforms("train", ["./train/r_0", "train/r_1.png"])
    // The extension says nothing of the format.
    try files.png("train/r_0.png")
    try files.png("train/r_1.png")
  }

  @Test("Parts that are not there have no views, and images without opacity are opaque") func minimal() throws
  {
    let scene = try files.read()
    #expect(scene.views(.training).map(\.name) == ["r_0", "r_1"])
    #expect(scene.views(.validation).isEmpty && scene.views(.test).isEmpty)
    #expect(scene.bounds == 2...6 && scene.space == .world && scene.spiral == nil)
    #expect(scene.name == files.url.lastPathComponent)
    let view = scene.views(.training)[0]
    #expect(
      view.pixels == [UInt8]([[7, 7, 7, 255], [7, 7, 7, 255], [7, 7, 7, 255], [7, 7, 7, 255]].joined()))
    #expect(view.camera.pose.position == [0, 0, 4])
    #expect(view.camera.focal == 1 / tan(0.5))
  }

  @Test("Photographs may be JPEG images, whatever their names end with") func jpeg() throws {
    for name in ["r_0.jpg", "r_1.png"] {
      try Data(ImageFiles.jpeg([200, 40, 90])).write(to: files.scratch.file("train/\(name)"))
    }
    try files.transforms("train", ["./train/r_1", "train/r_0.jpg"])
    let views = try files.read().views(.training)
    #expect(views.map(\.name) == ["r_1", "r_0"])
    for view in views {
      #expect(view.camera.width == 16 && view.camera.height == 8)
      let pixel = view.pixels.prefix(4).map(Int.init)
      #expect(zip(pixel, [200, 40, 90, 255]).allSatisfy { abs($0 - $1) <= 3 }, "\(pixel)")
      #expect(pixel[3] == 255 && view.pixels == [UInt8]((0..<128).flatMap { _ in view.pixels.prefix(4) }))
    }
  }

  @Test("A focal length in pixels goes before the angle, and is for the width that stands beside it")
  func focal() throws {
    try files.transforms("train", ["train/r_0"], angle: "\"camera_angle_x\": 1.0, \"fl_x\": 30, \"w\": 20,")
    #expect(try files.read().views(.training)[0].camera.focal == 3)
  }

  @Test("Each part has a lens of its own, and fewer views of validation and test on request") func parts()
    throws
  {
    let paths = (0..<5).map { "test/r_\($0)" }
    try files.transforms("test", paths, angle: "\"fl_x\": 5,")
    // Those that are not asked for need not be there.
    for index in [0, 2, 4] { try files.png("test/r_\(index).jpg") }
    let scene = try files.read { $0.everyTestView = 2 }
    #expect(scene.views(.test).map(\.name) == ["r_0", "r_2", "r_4"])
    #expect(scene.views(.test)[0].camera.focal == 5 && scene.views(.training).count == 2)
  }

  @Test("Means of pixels count colours by their opacity, by hand") func areaMean() throws {
    try files.transforms("train", ["a"])
    // Red at 255, green at 85, blue and white unseen: (255 * 255 + 0) / 340, (85 * 255) / 340, opacity 340 / 4.
    let colors: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
    try files.png("a.png", colors, alpha: [255, 85, 0, 0])
    let view = try files.read { $0.downscale = 2 }.views(.training)[0]
    #expect(view.pixels == [191, 64, 0, 85])
    #expect(view.camera.width == 1 && view.camera.height == 1)
    #expect(view.camera.focal == 0.5 / tan(0.5))
    try files.png("a.png", colors, alpha: [0, 0, 0, 0])
    #expect(try files.read { $0.downscale = 2 }.views(.training)[0].pixels == [0, 0, 0, 0])
    try files.png("a.png", colors)
    #expect(try files.read { $0.downscale = 2 }.views(.training)[0].pixels == [128, 128, 128, 255])
  }

  @Test("Bounds can be set, but not the wrong way round") func bounds() throws {
    #expect(try files.read { ($0.near, $0.far) = (1, 3) }.bounds == 1...3)
    #expect(try files.read { $0.far = 9 }.bounds == 2...9)
    #expect(files.complaint { $0.near = 7 }.contains("near: rays would be sampled from 7.0 to 6.0"))
    var settings = SceneSettings()
    (settings.near, settings.far) = (3, 2)
    #expect(throws: (any Error).self) { try settings.check() }
  }

  @Test(
    "Files of cameras that cannot be used are named, with what to do",
    arguments: [
      ("{\"frames\": [", "is no JSON"),
      (
        "{\"frames\": [{\"file_path\": \"a\", \"transform_matrix\": MATRIX}]}",
        "neither camera_angle_x nor fl_x"
      ),
      (
        "{\"camera_angle_x\": 0, \"frames\": [{\"file_path\": \"a\", \"transform_matrix\": MATRIX}]}",
        "in radians"
      ),
      ("{\"camera_angle_x\": \"wide\"}", "camera_angle_x is no Double"),
      ("{\"camera_angle_x\": 1}", "has no frames"),
      ("{\"camera_angle_x\": 1, \"frames\": []}", "has no frames"),
      ("{\"camera_angle_x\": 1, \"frames\": [{\"transform_matrix\": MATRIX}]}", "no file_path"),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"a\"}]}", "frame 0 (a) has no transform_matrix"
      ),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"a\", \"transform_matrix\": [[1, 2], [3, 4]]}]}",
        "4 x 4"
      ),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"a\", \"transform_matrix\": "
          + "[[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]}]}", "is singular"
      ),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"nowhere/b\", \"transform_matrix\": MATRIX}]}",
        "1 of its 1 images are missing, the first of them nowhere/b"
      ),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"../a\", \"transform_matrix\": MATRIX}]}",
        "leads out of the scene's folder"
      ),
      (
        "{\"camera_angle_x\": 1, \"frames\": [{\"file_path\": \"/etc/passwd\", \"transform_matrix\": MATRIX}]}",
        "leads out of the scene's folder"
      ),
    ])
  func transforms(text: String, reason: String) throws {
    try files.scratch.file(
      "transforms_train.json", holding: text.replacingOccurrences(of: "MATRIX", with: SceneFiles.matrix))
    let complaint = files.complaint()
    #expect(complaint.contains(reason), "\(complaint)")
    #expect(complaint.contains("transforms_train.json") && complaint.contains("; "), "\(complaint)")
  }

  @Test("Images that cannot be used are named, with what to do") func images() throws {
    try files.png("train/r_1.png", width: 3, height: 2)
    #expect(files.complaint().contains("train/r_1.png: 3 x 2 pixels, where r_0.png has 2 x 2; give images"))
    try files.scratch.file("train/r_1.png", holding: "GIF89a")
    #expect(files.complaint().contains("train/r_1.png: byte 0: neither a JPEG nor a PNG image"))
    // One pixel of three channels of 16 bits.
    let wide =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABEAIAAADA54+dAAAADElEQVR4nGNgZAJBAAAlAAoELUf1AAAAAElFTkSuQmCC"
    try #require(Data(base64Encoded: wide)).write(to: files.scratch.file("train/r_1.png"))
    #expect(files.complaint().contains("16 bits a channel, where 8 are read; convert it to 8 bits a channel"))
    try files.png("train/r_1.png")
    #expect(
      files.complaint { $0.downscale = 3 }.contains("2 x 2 pixels cannot be parted into blocks of 3 x 3"))
  }

  @Test("What is no scene is told which kinds there are") func kinds() throws {
    let known = "NeRF-Synthetic), a folder with poses_bounds.npy"
    for (place, reason) in [
      ("empty", "is an empty folder"), ("train", "is no scene"), ("none", "is not there"),
    ] {
      if place == "empty" {
        try FileManager.default.createDirectory(
          at: files.scratch.file(place), withIntermediateDirectories: true)
      }
      do {
        _ = try RadianceScene(at: files.scratch.file(place))
        Issue.record("\(place) is a scene")
      } catch {
        #expect(
          "\(error)".contains(reason) && "\(error)".contains(known) && "\(error)".contains("tiny_nerf_data"))
      }
    }
    try files.scratch.file("scene.txt", holding: "")
    #expect(throws: (any Error).self) { try RadianceScene(at: files.scratch.file("scene.txt")) }
  }

  @Test("Lego's 135 photographs are read", .needsPlace("nerf_synthetic/lego")) func lego() throws {
    let scene = try SceneSelection.path("nerf_synthetic/lego").scene(SceneSettings(), in: .init())
    #expect([Split.training, .validation, .test].map { scene.views($0).count } == [100, 10, 25])
    let view = scene.views(.training)[0]
    #expect(scene.name == "lego" && view.name == "r_0" && view.camera.width == 400)
    #expect(abs(view.camera.focal - 555.5555) < 1e-3)
    #expect(view.camera.pose.position == [-0.05379832163453102, 3.845470428466797, 1.2080823183059692])
    // The corners are transparent, and so nothing.
    #expect(view.pixels.prefix(4) == [0, 0, 0, 0])
    #expect(Set(stride(from: 3, to: view.pixels.count, by: 4).map { view.pixels[$0] }).contains(255))
  }
}
