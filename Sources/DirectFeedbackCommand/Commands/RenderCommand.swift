import ArgumentParser
import DirectFeedback
import Foundation

/// Makes a film of a scene that a run has learned.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Show the scene that a run has learned, from cameras of your choice.",
    discussion: """
      The output is a folder of PNG files, an animated GIF, or an .mp4 by the program ffmpeg. A folder keeps the frames of a command that \
      was ended, and the same command makes the others; a file is there when it is whole.

      The camera goes round the scene (orbit), before it (spiral, where the scene has one), from photograph to photograph \
      (interpolation), to the places of the test's photographs (test), or where a file says, which has "frames" of a \
      "transform_matrix" each, "width", "height" and "camera_angle_x" or "fl_x", as the transforms.json of a scene.

      Distances (--depth) are files beside, of 16 bits in a folder: 0 is black, the far end of the rays white.

      EXAMPLES
        dfa render runs/lego --output lego.gif --scale 0.5
        dfa render runs/fern --path spiral --frames 120 --fps 30 --output fern.mp4 --weights best
        dfa render runs/lego --path test --output frames --depth --opacity
      """)

  @OptionGroup var options: RunOptions

  @Option(
    help: ArgumentHelp(
      "Where the camera goes: orbit, spiral, interpolation, test or a file; the scene's spiral, else orbit, when not given.",
      valueName: "path"))
  var path: CameraChoice?

  @Option(
    help: ArgumentHelp(
      "A folder, a .gif or an .mp4, which is replaced.", valueName: "output"), completion: .file())
  var output: OutputPath

  @Option(help: "How many frames; 40 when not given, or all of test or a file.")
  var frames: Int?

  @Option(
    help: ArgumentHelp("The size of a frame; that of the photographs when not given.", valueName: "WxH"))
  var size: ImageSize?

  @Option(help: "The size of a frame, in sizes of the photographs.")
  var scale: Double?

  @Option(help: "Frames per second.")
  var fps = 15.0

  @Flag(help: "Also show how far away things are, as OUTPUT-depth, or NUMBER-depth.png in a folder.")
  var depth = false

  @Flag(help: "Also show how opaque things are, as OUTPUT-opacity, or NUMBER-opacity.png in a folder.")
  var opacity = false

  @OptionGroup var result: OutputOptions

  func validate() throws {
    if let frames, !(1...1_000_000).contains(frames) {
      throw ValidationError("--frames must be from 1 to 1000000, not \(frames)")
    }
    guard fps > 0, fps <= 1_000 else {
      throw ValidationError("--fps must be above 0, up to 1000, not \(fps)")
    }
    if let scale, !(scale > 0 && scale <= 100) {
      throw ValidationError("--scale must be above 0, up to 100, not \(scale)")
    }
    guard size == nil || scale == nil else { throw ValidationError("give --size or --scale, not both") }
  }

  func run() throws {
    let task = try families.task(of: options.folder)
    guard let task = task as? any RenderingTask.Type else {
      throw ConfigurationError.value(
        key: options.run, reason: "task '\(task.name)' has no scene that could be shown")
    }
    try render(task)
  }

  private func render<Task: RenderingTask>(_ type: Task.Type) throws {
    let trainer = try options.trainer(type)
    let scene = trainer.task.scene
    let path = path ?? CameraChoice(for: scene)
    let cameras = try path.cameras(in: scene, count: frames).map(sized)
    guard let first = cameras.first else {
      throw ConfigurationError.value(key: "--path", reason: "\(path.name) has no cameras")
    }
    if FilmKind(output.url) == .folder {
      try FilmRecord(
        run: options.folder.url, weights: options.weights, of: trainer.task.store, path: path,
        cameras: cameras
      ).claim(output.url)
    }
    let films = try Film.allCases.filter {
      $0 == .colors || $0 == .depth && depth || $0 == .opacity && opacity
    }
    .map { film in
      (
        film,
        try FilmWriter(
          film.url(beside: output.url), width: first.width, height: first.height, framesPerSecond: fps,
          suffix: film.suffix)
      )
    }
    let made = try render(cameras, of: trainer.task, into: films)
    for (_, writer) in films { try writer.finish() }
    let files = FilmKind(output.url) == .folder ? [output.url.path] : films.map(\.1.url.path)
    if result.json {
      return try Console.json(
        Result(
          run: options.run, weights: options.weights.rawValue, path: path.name, frames: cameras.count,
          made: made,
          width: first.width, height: first.height, files: files))
    }
    for file in files { Console.print(file) }
  }

  /// Makes the frames that are not there yet.
  /// - Returns: How many were made.
  private func render(
    _ cameras: [Camera], of task: some RenderingTask, into films: [(Film, FilmWriter)]
  ) throws -> Int {
    let missing = cameras.indices.filter { frame in !films.allSatisfy { $1.has(frame) } }
    let there = cameras.count - missing.count
    if there > 0 { Console.error("\(there) of \(cameras.count) frames are there; going on with the others") }
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 0, device: task.store.device))
    let bar = ProgressBar(label: "render", total: cameras.count, startingAt: there, unit: "frame")
    for (done, frame) in missing.enumerated() {
      let image = try withoutGradient {
        try task.render(cameras[frame], pass) { share in
          bar.update(there + done, message: "frame \(frame): \(Int(100 * share)) %")
        }
      }
      for (film, writer) in films where !writer.has(frame) {
        switch film {
        case .colors: try writer.write(image.picture, frame: frame)
        case .depth: try writer.write(image.depthPicture(far: task.scene.bounds.upperBound), frame: frame)
        case .opacity: try writer.write(image.opacityPicture, frame: frame)
        }
      }
      bar.update(there + done + 1)
    }
    bar.finish(message: "")
    return missing.count
  }

  /// The camera with images of the size that was asked for.
  private func sized(_ camera: Camera) throws -> Camera {
    let scale = scale ?? 1
    let sides = [camera.width, camera.height].map { max(Int((Double($0) * scale).rounded()), 1) }
    let (width, height) = size.map { ($0.width, $0.height) } ?? (sides[0], sides[1])
    guard max(width, height) <= ImageSize.limit else {
      throw ConfigurationError.value(
        key: "--scale", reason: "frames of \(width) x \(height) pixels, of at most \(ImageSize.limit)")
    }
    return Camera(
      width: width, height: height, focal: camera.focal * Double(width) / Double(camera.width),
      pose: camera.pose)
  }

  /// What a film shows of the frames.
  private enum Film: String, CaseIterable {
    case colors
    case depth
    case opacity

    /// What its files' names end with.
    var suffix: String { self == .colors ? "" : "-\(rawValue)" }

    /// The file of this film; the folder of all of them.
    func url(beside url: URL) -> URL {
      guard FilmKind(url) != .folder else { return url }
      let name = url.deletingPathExtension().lastPathComponent + suffix
      return url.deletingLastPathComponent().appendingPathComponent(name).appendingPathExtension(
        url.pathExtension)
    }
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let path: String
    let frames: Int
    let made: Int
    let width: Int
    let height: Int
    let files: [String]
  }
}
