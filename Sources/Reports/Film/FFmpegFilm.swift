import Basics
import Foundation

/// A film as a file of H.264, which the program `ffmpeg` makes of frames on its standard input.
final class FFmpegFilm: FilmOutput {
  private let url, temporary, log: URL
  private let process = Process()
  private let input = Pipe()
  private var isFinished = false

  /// Begins a film.
  /// - Throws: ``ReportsError/film(path:reason:remedy:)`` when there is no `ffmpeg`, or it does not start.
  init(
    _ url: URL, width: Int, height: Int, framesPerSecond: Double, environment: [String: String]
  ) throws {
    (self.url, temporary) = (url, AtomicFile.temporary(beside: url))
    log = FileManager.default.temporaryDirectory.appendingPathComponent("dfa-\(UUID().uuidString).log")
    let candidates = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/ffmpeg" }
    guard let program = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw ReportsError.film(
        path: url.path, reason: "an .mp4 needs the program ffmpeg, which is not installed",
        remedy: "install it, or give a file that ends in .gif, or a folder for the frames")
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.environment = environment
    process.arguments = [
      "-hide_banner", "-loglevel", "error", "-y",
      "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", "\(width)x\(height)", "-framerate",
      "\(framesPerSecond)", "-i", "-",
      // Colours have half the resolution, and so both sizes must be even.
      "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-an", "-c:v", "libx264", "-crf", "18", "-pix_fmt", "yuv420p",
      "-movflags", "+faststart", "-f", "mp4", temporary.path,
    ]
    process.standardInput = input
    do {
      try Data().write(to: log)
      let messages = try FileHandle(forWritingTo: log)
      process.standardOutput = messages
      process.standardError = messages
      // A program that has gone away becomes an error of writing to it, instead of the end of this process.
      signal(SIGPIPE, SIG_IGN)
      try process.run()
    } catch {
      try? FileManager.default.removeItem(at: log)
      throw ReportsError.film(
        path: url.path, reason: "ffmpeg does not start: \(error.localizedDescription)",
        remedy: "give a file that ends in .gif, or a folder for the frames")
    }
  }

  deinit {
    if process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    if !isFinished { unlink(temporary.path) }
    unlink(log.path)
  }

  func write(_ image: RasterImage, frame: Int) throws {
    do {
      try input.fileHandleForWriting.write(contentsOf: Data(image.pixels))
    } catch {
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
      throw failure
    }
  }

  func finish() throws {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else { throw failure }
    try AtomicFile.replace(url, by: temporary)
    isFinished = true
  }

  /// What the program said.
  private var failure: ReportsError {
    let lines = (try? String(contentsOf: log, encoding: .utf8))?.split(whereSeparator: \.isNewline) ?? []
    let words = lines.isEmpty ? "no message" : lines.suffix(3).joined(separator: " | ")
    return .film(
      path: url.path, reason: "ffmpeg ends with \(process.terminationStatus): \(words)",
      remedy: "give a file that ends in .gif, or a folder for the frames")
  }
}
