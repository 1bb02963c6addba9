import Basics
import Foundation

/// A film as a folder of PNG files, `0000.png` and on.
final class FrameFolder: FilmOutput {
  private let folder: URL
  private let suffix: String

  init(_ folder: URL, suffix: String) { (self.folder, self.suffix) = (folder, suffix) }

  func has(_ frame: Int) -> Bool { FileManager.default.fileExists(atPath: file(frame).path) }

  func write(_ image: RasterImage, frame: Int) throws { try AtomicFile.write(image.png(), to: file(frame)) }

  func write(_ image: GreyImage, frame: Int) throws { try AtomicFile.write(image.png(), to: file(frame)) }

  func finish() {}

  private func file(_ frame: Int) -> URL {
    let digits = String(frame)
    let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
    return folder.appendingPathComponent("\(zeros)\(digits)\(suffix).png")
  }
}
