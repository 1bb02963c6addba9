import Basics
import Foundation

/// A film as an animated GIF.
final class GIFFilm: FilmOutput {
  private let url, temporary: URL
  private let file: OutputFile
  private var animation: GIFAnimation
  private var isFinished = false

  /// Begins a film.
  /// - Throws: ``ReportsError/film(path:reason:remedy:)`` when frames are too large for the format, `FileError`.
  init(_ url: URL, width: Int, height: Int, framesPerSecond: Double) throws {
    guard max(width, height) <= GIFAnimation.sizeLimit else {
      throw ReportsError.film(
        path: url.path, reason: "a GIF has at most \(GIFAnimation.sizeLimit) pixels in a row or column",
        remedy: "make the frames smaller")
    }
    (self.url, temporary) = (url, AtomicFile.temporary(beside: url))
    file = try Self.naming(url) { [temporary] in try OutputFile(temporary, exclusively: true) }
    animation = GIFAnimation(width: width, height: height, framesPerSecond: framesPerSecond)
    try append(animation.header)
  }

  deinit {
    if !isFinished { unlink(temporary.path) }
  }

  func write(_ image: RasterImage, frame: Int) throws { try append(animation.frame(image)) }

  func finish() throws {
    try append(animation.trailer)
    try Self.naming(url) { try file.synchronize() }
    try AtomicFile.replace(url, by: temporary)
    isFinished = true
  }

  private func append(_ data: Data) throws { try Self.naming(url) { try file.append(data) } }

  /// Does something to the temporary file, whose errors name the one that it is to be.
  private static func naming<Value>(_ url: URL, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch FileError.system(let action, _, let code) {
      throw FileError.system(action: action, path: url.path, code: code)
    }
  }
}
