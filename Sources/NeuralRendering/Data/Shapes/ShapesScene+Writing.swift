import Basics
import Datasets
import Foundation
import Reports
import Training

extension ShapesScene {
  /// Writes the views as a scene of NeRF-Synthetic's layout, which reads back as the same views.
  ///
  /// The folder is whole, or not there: it is filled under another name beside its place.
  /// - Parameter folder: Where the scene goes; an empty folder there is replaced.
  /// - Throws: `DataError` when something else is there, `FileError` when it cannot be written.
  public func write(to folder: URL) throws {
    require(size > 0 && trainingCount > 0, "a scene of no pixels, or of no views to learn from")
    let manager = FileManager.default
    if manager.fileExists(atPath: folder.path) {
      guard let names = try? manager.contentsOfDirectory(atPath: folder.path), names.isEmpty else {
        throw DataError.unusable(
          path: folder.path, reason: "is there already and is no empty folder",
          remedy: "name a folder that is not there yet")
      }
    }
    let parent = folder.standardizedFileURL.deletingLastPathComponent()
    try OutputFolder.create(parent)
    let temporary = parent.appendingPathComponent(".dfa-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: temporary) }
    try OutputFolder.create(temporary)
    for (_, name, count) in parts { try write(count, of: name, into: temporary) }
    guard rename(temporary.path, folder.standardizedFileURL.path) == 0 else {
      throw FileError.system(action: "write", path: folder.path, code: errno)
    }
  }

  /// Draws and writes the images of a part, of which but a few are in memory, and the file of their cameras.
  private func write(_ count: Int, of name: String, into folder: URL) throws {
    let images = folder.appendingPathComponent(name)
    try OutputFolder.create(images)
    let tracer = ShapesTracer()
    let frames = try ParallelWork.map(count) { index in
      let view = view(index, of: name, by: tracer)
      try Self.save(try Self.png(view), to: images.appendingPathComponent("\(view.name).png"))
      let numbers = view.camera.pose.rows
      let rows: [[Double]] = [0, 4, 8].map { Array(numbers[$0..<($0 + 4)]) }
      return TransformsFile.Frame(path: "./\(name)/\(view.name)", matrix: rows + [[0, 0, 0, 1]])
    }
    let text = try readableJSON(TransformsFile.Content(angle: Self.angle, frames: frames)) + "\n"
    try Self.save(Data(text.utf8), to: folder.appendingPathComponent("transforms_\(name).json"))
  }

  private static func png(_ view: SceneView) throws -> Data {
    let pixels = view.pixels
    let colors = stride(from: 0, to: pixels.count, by: 4).flatMap { pixels[$0..<($0 + 3)] }
    let alpha = stride(from: 3, to: pixels.count, by: 4).map { pixels[$0] }
    return try RasterImage(width: view.camera.width, height: view.camera.height, pixels: colors).png(
      alpha: alpha)
  }

  private static func save(_ data: Data, to url: URL) throws {
    let file = try OutputFile(url, exclusively: true)
    try file.append(data)
  }
}
