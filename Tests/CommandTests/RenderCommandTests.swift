import Datasets
import Foundation
import TestSupport
import Testing

@Suite("Films and surfaces of a scene") struct RenderCommandTests {
  private let scratch: TemporaryFolder
  private let run: String

  init() throws {
    scratch = try TemporaryFolder()
    run = scratch.file("run").path
    let trained = try Command(["train", "ball", "--method", "bp", "--output", run], of: "OwnCommand")
    try #require(trained.status == 0, "\(trained.errors)")
  }

  private func own(_ arguments: String..., environment: [String: String?] = [:]) throws -> Command {
    try Command(arguments, of: "OwnCommand", environment: environment)
  }

  private func image(_ path: String) throws -> DecodedImage {
    try DecodedImage(DataFile(contentsOf: scratch.file(path)))
  }

  private var outputs: [String] {
    get throws { try scratch.names().filter { $0 != "run" } }
  }

  @Test("A folder has the frames, the distances and the opacities, and those that are missing are made again")
  func folder() throws {
    let folder = scratch.file("frames").path
    let words = [
      "render", run, "--output", folder, "--path", "orbit", "--frames", "3", "--depth", "--opacity", "--json",
    ]
    let made = try Command(words, of: "OwnCommand").object()
    #expect(made["frames"] as? Int == 3 && made["made"] as? Int == 3 && made["width"] as? Int == 8)
    #expect(made["path"] as? String == "orbit" && made["files"] as? [String] == [folder])
    let names =
      (0..<3).flatMap { ["000\($0)-depth.png", "000\($0)-opacity.png", "000\($0).png"] } + ["film.json"]
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names)
    let frame = try Data(contentsOf: scratch.file("frames/0001.png"))
    try FileManager.default.removeItem(at: scratch.file("frames/0001.png"))
    let again = try Command(words, of: "OwnCommand")
    #expect(try again.object()["made"] as? Int == 1)
    #expect(again.errors.contains("2 of 3 frames are there; going on with the others\n"))
    #expect(try Data(contentsOf: scratch.file("frames/0001.png")) == frame)
    let longer = ["render", run, "--output", folder, "--path", "orbit", "--frames", "4"]
    try Command(longer, of: "OwnCommand").expectFailure(64, "another film: frames is 3 there, and 4 now")
    try scratch.file("others/0007.png", holding: "")
    try own("render", run, "--output", scratch.file("others").path).expectFailure(
      64, "--output: ", "others has a frame of another film, 0007.png; choose another folder")
    let other = ["render", run, "--output", folder, "--path", "test", "--weights", "best"]
    try Command(other, of: "OwnCommand").expectFailure(
      64, "frames holds another film: ", "choose another --output")
  }

  @Test("A killed command leaves whole frames, from which the next goes on, and no file that is not whole")
  func killed() throws {
    let (folder, film) = (scratch.file("frames"), scratch.file("ball.gif"))
    let words = ["render", run, "--size", "400x300", "--json", "--output"]
    _ = try Command(words + [folder.path], of: "OwnCommand", killing: 0.1) {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent("0002.png").path)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("00") }
    #expect(names.count >= 3 && names.count < 40)
    for name in names { #expect(try image("frames/\(name)").width == 400) }
    let made = try Command(words + [folder.path], of: "OwnCommand").object()
    #expect(made["made"] as? Int == 40 - names.count)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left.count == 41 && !left.contains { $0.hasPrefix(".") })

    func isBegun() -> Bool { (try? outputs.contains { $0.hasPrefix(".dfa-") }) ?? false }
    _ = try Command(words + [film.path], of: "OwnCommand", killing: 0.1, when: isBegun)
    #expect(try !outputs.contains("ball.gif"))
    _ = try Command(words + [film.path, "--frames", "1"], of: "OwnCommand").object()
    #expect(try outputs == ["ball.gif", "frames"])
  }

  @Test("Sizes are in pixels or in sizes of the photographs, and the view is the same") func sizes() throws {
    _ = try own(
      "render", run, "--path", "test", "--output", scratch.file("a").path, "--size", "16x12", "--json"
    ).object()
    let scaled = try own(
      "render", run, "--path", "test", "--output", scratch.file("b").path, "--scale", "2", "--json"
    ).object()
    #expect(scaled["width"] as? Int == 16 && scaled["height"] as? Int == 12 && scaled["frames"] as? Int == 4)
    #expect(
      try Data(contentsOf: scratch.file("a/0000.png")) == Data(contentsOf: scratch.file("b/0000.png")))
    // The ball is before the middle, what is around it white.
    let pixels = try image("a/0000.png").pixels
    #expect(
      pixels.prefix(3) == [255, 255, 255] && pixels[(6 * 16 + 8) * 3..<(6 * 16 + 9) * 3] != [255, 255, 255])
  }

  @Test("A GIF is one file for each of what it shows") func gif() throws {
    let file = scratch.file("ball.gif").path
    let made = try own("render", run, "--output", file, "--frames", "2", "--depth", "--json").object()
    #expect(made["files"] as? [String] == [file, scratch.file("ball-depth.gif").path])
    #expect(made["path"] as? String == "orbit")
    #expect(try outputs == ["ball-depth.gif", "ball.gif"])
    #expect(try Data(contentsOf: scratch.file("ball.gif")).prefix(6) == Data("GIF89a".utf8))
  }

  @Test("An .mp4 needs ffmpeg, and what that says is told") func film() throws {
    let file = scratch.file("ball.mp4").path
    try own("render", run, "--output", file, environment: ["PATH": "/nonexistent"]).expectFailure(
      65,
      "ball.mp4: an .mp4 needs the program ffmpeg, which is not installed; install it, or give a file that ends in .gif"
    )
    try scratch.tool("ffmpeg", "cat > /dev/null; echo 'Unknown encoder' >&2; exit 1\n")
    let path = "\(scratch.file("bin").path):/usr/bin:/bin"
    try own("render", run, "--output", file, environment: ["PATH": path]).expectFailure(
      65, "ffmpeg ends with 1: Unknown encoder")
    try scratch.tool("ffmpeg", "for last; do :; done; cat > \"$last\"\n")
    let made = try own("render", run, "--output", file, "--frames", "2", environment: ["PATH": path])
    #expect(made.status == 0 && made.output == file + "\n", "\(made.errors)")
    #expect(try Data(contentsOf: scratch.file("ball.mp4")).count == 2 * 8 * 6 * 3)
    #expect(try outputs == ["ball.mp4", "bin"])
  }

  @Test("Cameras come from a file, and from photograph to photograph") func paths() throws {
    let matrix = "[[1,0,0,0],[0,1,0,0],[0,0,1,4],[0,0,0,1]]"
    let file = try scratch.file(
      "path.json",
      holding:
        "{\"camera_angle_x\": 0.8, \"width\": 9, \"height\": 5, \"frames\": [{\"transform_matrix\": \(matrix)}]}"
    )
    let made = try own("render", run, "--path", file.path, "--output", scratch.file("a").path, "--json")
      .object()
    #expect(made["width"] as? Int == 9 && made["frames"] as? Int == 1)
    let smooth = try own(
      "render", run, "--path", "interpolation", "--output", scratch.file("b.gif").path, "--json")
    #expect(try smooth.object()["frames"] as? Int == 40)
    try own("render", run, "--path", "spiral", "--output", scratch.file("c.gif").path).expectFailure(
      64, "--path: scene 'ball' has no spiral: it is seen from around; give orbit")
    try own("render", run, "--path", "missing.json", "--output", scratch.file("c.gif").path).expectFailure(
      65, "missing.json")
    try own("render", run, "--path", "obrit", "--output", scratch.file("c.gif").path).expectFailure(
      64, "obrit")
  }

  @Test("What is no scene, and options that mean nothing, are refused") func refused() throws {
    let toy = scratch.file("toy").path
    #expect(try own("train", "toy", "--method", "bp", "--output", toy).status == 0)
    try own("render", toy, "--output", scratch.file("a").path).expectFailure(
      64, "toy: task 'toy' has no scene that could be shown")
    try own("export", toy, "--mesh", scratch.file("a.ply").path).expectFailure(
      64, "toy: task 'toy' has no scene that has points or a surface")
    for (words, message) in [
      (["--frames", "0"], "--frames must be from 1"), (["--fps", "0"], "--fps must be above 0"),
      (["--scale", "0"], "--scale must be above 0"), (["--size", "8x"], "8x"),
      (["--size", "8x6", "--scale", "2"], "give --size or --scale, not both"),
      (["--scale", "100", "--frames", "1", "--size", "99999x1"], "99999x1"),
    ] {
      try Command(["render", run, "--output", scratch.file("a").path] + words, of: "OwnCommand")
        .expectFailure(64, message)
    }
    try own("export", run).expectFailure(64, "give --pytorch FILE")
    try own("export", run, "--mesh", scratch.file("a.ply").path, "--level", "1000").expectFailure(
      64, "--level: must be below the highest density found, ")
    try own("export", run, "--mesh", scratch.file("a.ply").path, "--resolution", "1").expectFailure(
      64, "--resolution must be from 2")
  }

  @Test("Points are where it is dense, the surface around them, in the scene's colours") func surfaces()
    throws
  {
    let (points, mesh) = (scratch.file("points.ply"), scratch.file("mesh.ply"))
    let made = try own(
      "export", run, "--points", points.path, "--mesh", mesh.path, "--resolution", "25", "--json"
    ).object()
    let scene = try #require(made["scene"] as? [[String: Any]])
    let counts = scene.compactMap { $0["count"] as? Int }
    #expect(scene.compactMap { $0["kind"] as? String } == ["points", "triangles"])
    // A ball of radius 1 among cubes with edges of 1/8.
    #expect(counts.count == 2 && abs(Double(counts[0]) / (4 / 3 * .pi * 512) - 1) < 0.05 && counts[1] > 1_000)
    #expect(made["tensors"] == nil)
    let data = try Data(contentsOf: points)
    #expect(data.starts(with: "ply\n".utf8) && data.count > counts[0] * 27)
    let text = try own("export", run, "--mesh", mesh.path, "--resolution", "25")
    #expect(text.output == "\(mesh.path): \(counts[1]) triangles\n")
    // With the weights beside.
    let both = try own(
      "export", run, "--mesh", mesh.path, "--resolution", "9", "--pytorch",
      scratch.file("w.safetensors").path, "--json"
    ).object()
    #expect((both["tensors"] as? [String: Any])?.count == 4 && (both["scene"] as? [Any])?.count == 1)
  }
}
