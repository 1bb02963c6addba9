import Basics
import Foundation

/// Writes the frames of a film as they are made.
///
/// A film in one file is there when it is finished: until then it has a temporary name, under which a process that is killed
/// leaves it and the next one removes it. In a folder every frame is a file of its own, wholly there or not at all, so that the
/// next process can leave out those that are there.
public final class FilmWriter {
  /// The file or folder.
  public let url: URL
  /// What is written.
  public let kind: FilmKind
  private let output: any FilmOutput

  /// Begins a film.
  /// - Parameters:
  ///   - url: A file that ends in `.mp4` or `.gif`, or a folder; folders are made where they are missing.
  ///   - width: Pixels in a row of a frame.
  ///   - height: Rows of a frame.
  ///   - framesPerSecond: How many frames are shown in a second.
  ///   - suffix: What the names of files in a folder end with, such as `-depth`.
  ///   - environment: Where `ffmpeg` is looked for, by `PATH`.
  /// - Throws: ``ReportsError/film(path:reason:remedy:)``, `FileError`.
  public init(
    _ url: URL, width: Int, height: Int, framesPerSecond: Double, suffix: String = "",
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws {
    (self.url, kind) = (url, FilmKind(url))
    let folder = kind == .folder ? url : url.deletingLastPathComponent()
    try OutputFolder.create(folder)
    AtomicFile.removeAbandoned(in: folder)
    output =
      switch kind {
      case .folder: FrameFolder(url, suffix: suffix)
      case .gif: try GIFFilm(url, width: width, height: height, framesPerSecond: framesPerSecond)
      case .mp4:
        try FFmpegFilm(
          url, width: width, height: height, framesPerSecond: framesPerSecond, environment: environment)
      }
  }

  /// Whether a folder has this frame already; false in a film of one file.
  public func has(_ frame: Int) -> Bool { output.has(frame) }

  /// Writes a frame; in a film of one file, the next one.
  /// - Throws: ``ReportsError``, `FileError`.
  public func write(_ image: RasterImage, frame: Int) throws { try output.write(image, frame: frame) }

  /// Writes a frame in shades of grey: with 16 bits in a folder, with 8 in a film of one file.
  /// - Throws: ``ReportsError``, `FileError`.
  public func write(_ image: GreyImage, frame: Int) throws { try output.write(image, frame: frame) }

  /// Ends the film, which is then there under its name.
  /// - Throws: ``ReportsError``, `FileError`.
  public func finish() throws { try output.finish() }
}

/// A form of film.
protocol FilmOutput: AnyObject {
  /// Whether a frame is there already.
  func has(_ frame: Int) -> Bool
  /// Writes a frame.
  func write(_ image: RasterImage, frame: Int) throws
  /// Writes a frame in shades of grey.
  func write(_ image: GreyImage, frame: Int) throws
  /// Ends the film.
  func finish() throws
}

extension FilmOutput {
  /// False: the film is begun anew.
  func has(_ frame: Int) -> Bool { false }

  /// Writes the frame in colours that are equal.
  func write(_ image: GreyImage, frame: Int) throws { try write(image.color, frame: frame) }
}
