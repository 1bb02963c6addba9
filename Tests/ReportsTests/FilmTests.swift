import Foundation
import Reports
import TestSupport
import Testing

@Suite("Films") struct FilmTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func picture(_ width: Int, _ height: Int, _ color: (Int, Int) -> [Int]) -> RasterImage {
    let pixels = (0..<height).flatMap { row in (0..<width).flatMap { color($0, row) } }
    return RasterImage(width: width, height: height, pixels: pixels.map { UInt8($0 & 255) })
  }

  /// Noise, which fills the table of codes several times.
  private func noise(_ width: Int, _ height: Int, colors: Int, seed: Int) -> RasterImage {
    var state = UInt32(seed + 1)
    return picture(width, height) { _, _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      let value = Int(state >> 16) % colors
      return [value, value * 7, 255 - value]
    }
  }

  private func gif(_ frames: [RasterImage], rate: Double = 15) -> DecodedGIF {
    var animation = GIFAnimation(width: frames[0].width, height: frames[0].height, framesPerSecond: rate)
    var data = animation.header
    for frame in frames { data += animation.frame(frame) }
    return DecodedGIF(Array(data + animation.trailer))
  }

  @Test("Frames of at most 256 colours are what they were, and go on for ever at their rate") func exact() {
    let frames = [
      noise(90, 70, colors: 256, seed: 1), noise(90, 70, colors: 3, seed: 2),
      picture(90, 70) { _, _ in [1, 2, 3] },
    ]
    let found = gif(frames)
    #expect(found.width == 90 && found.height == 70 && found.isEndless && found.isWhole)
    #expect(found.frames == frames.map(\.pixels))
    #expect(found.delays == [7, 6, 7])
    #expect(gif([picture(1, 1) { _, _ in [9, 9, 9] }], rate: 0.0001).delays == [65_535])
  }

  @Test("Other frames have near colours") func near() {
    let smooth = picture(128, 128) { [$0 * 2, $1 * 2, ($0 + $1) & 255] }
    let found = gif([smooth])
    let errors = zip(found.frames[0], smooth.pixels).map { abs(Int($0) - Int($1)) }
    #expect(errors.count == smooth.pixels.count)
    #expect(errors.reduce(0, +) < 10 * errors.count && Set(found.frames[0]).count > 16)
    // A white background stays white.
    let disc = picture(64, 64) { x, y in x < 32 ? [255, 255, 255] : [x * 4, y * 4, x * y] }
    let white = gif([disc]).frames[0]
    #expect((0..<64).allSatisfy { white[$0 * 64 * 3..<($0 * 64 + 32) * 3].allSatisfy { $0 == 255 } })
  }

  @Test("A GIF is there when it is finished, and nothing before or otherwise") func gifFile() throws {
    let frames = [noise(8, 6, colors: 4, seed: 1), noise(8, 6, colors: 4, seed: 2)]
    do {
      let film = try FilmWriter(scratch.file("a.gif"), width: 8, height: 6, framesPerSecond: 10)
      #expect(film.kind == .gif && !film.has(0))
      try film.write(frames[0], frame: 0)
      #expect(try scratch.names().allSatisfy { $0.hasPrefix(".dfa-") })
    }
    #expect(try scratch.names() == [])
    let film = try FilmWriter(scratch.file("a.GIF"), width: 8, height: 6, framesPerSecond: 10)
    for (index, frame) in frames.enumerated() { try film.write(frame, frame: index) }
    try film.finish()
    #expect(try scratch.names() == ["a.GIF"])
    #expect(DecodedGIF(Array(try Data(contentsOf: scratch.file("a.GIF")))).frames == frames.map(\.pixels))
  }

  @Test("A folder has a file for each frame, and knows which it has") func folder() throws {
    let film = try FilmWriter(scratch.file("a/frames"), width: 8, height: 6, framesPerSecond: 10)
    #expect(film.kind == .folder && !film.has(3))
    try film.write(noise(8, 6, colors: 4, seed: 1), frame: 3)
    try FilmWriter(scratch.file("a/frames"), width: 8, height: 6, framesPerSecond: 1, suffix: "-depth")
      .write(GreyImage(width: 1, height: 1, pixels: [9]), frame: 12_345)
    try film.finish()
    #expect(film.has(3) && !film.has(0))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.file("a/frames").path).sorted()
        == ["0003.png", "12345-depth.png"])
    try scratch.file("b", holding: "")
    #expect(throws: (any Error).self) {
      try FilmWriter(scratch.file("b"), width: 8, height: 6, framesPerSecond: 10)
    }
  }

  private func film(_ name: String = "a.mp4") throws -> FilmWriter {
    try FilmWriter(
      scratch.file(name), width: 3, height: 1, framesPerSecond: 12.5,
      environment: ["PATH": "\(scratch.file("bin").path):/usr/bin:/bin"])
  }

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("An .mp4 is what ffmpeg makes of the frames on its standard input") func ffmpeg() throws {
    // The last argument is the file.
    try scratch.tool("ffmpeg", "for last; do :; done; echo \"$*\" > \"$last\"; cat >> \"$last\"\n")
    let film = try film()
    try film.write(RasterImage(width: 3, height: 1, pixels: Array("abcdefghi".utf8)), frame: 0)
    try film.write(GreyImage(width: 3, height: 1, pixels: [0x6161, 0x6262, 0x6363]), frame: 1)
    #expect(try !scratch.names().contains("a.mp4"))
    try film.finish()
    #expect(try scratch.names() == ["a.mp4", "bin"])
    let lines = try scratch.text("a.mp4").split(separator: "\n")
    #expect(lines.last == "abcdefghiaaabbbccc")
    #expect(lines[0].contains("-video_size 3x1 -framerate 12.5 -i - ") && lines[0].contains("libx264"))
  }

  @Test("What ffmpeg says when it fails is told, at a frame or at the end, and no file stays") func failing()
    throws
  {
    try scratch.tool("ffmpeg", "echo first; echo 'Unknown encoder' >&2; exit 3\n")
    let expected =
      "a.mp4: ffmpeg ends with 3: first | Unknown encoder; give a file that ends in .gif, or a folder for the frames"
    let pixels = RasterImage(width: 3, height: 1)
    #expect(
      message {
        let film = try film()
        for frame in 0..<100_000 { try film.write(pixels, frame: frame) }
        try film.finish()
      }.hasSuffix(expected))
    #expect(message { try film().finish() }.hasSuffix(expected))
    #expect(try scratch.names() == ["bin"])
  }

  @Test("Without ffmpeg, what to do is told") func absent() {
    let text = message {
      _ = try FilmWriter(
        scratch.file("a.mp4"), width: 3, height: 1, framesPerSecond: 12,
        environment: ["PATH": scratch.url.path])
    }
    #expect(
      text.hasSuffix(
        "a.mp4: an .mp4 needs the program ffmpeg, which is not installed; install it, or give a file that ends in "
          + ".gif, or a folder for the frames"))
  }

  @Test("What killed processes left is removed") func abandoned() throws {
    // No process has this number: the largest is 4,194,304.
    try scratch.file(".dfa-99999999-x.tmp", holding: "half")
    let film = try FilmWriter(scratch.file("a.gif"), width: 1, height: 1, framesPerSecond: 10)
    #expect(try !scratch.names().contains(".dfa-99999999-x.tmp"))
    _ = film
  }

  @Test("Sizes and rates that no GIF has are refused") func misuse() async {
    #expect(
      message {
        _ = try FilmWriter(scratch.file("a.gif"), width: 70_000, height: 1, framesPerSecond: 10)
      }.contains("at most 65535 pixels"))
    await #expect(processExitsWith: .failure) {
      _ = GIFAnimation(width: 1, height: 1, framesPerSecond: 0)
    }
  }
}
