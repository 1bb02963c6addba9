import DirectFeedback
import Foundation

/// What the frames in a folder are of, so that no film is made of the frames of two.
struct FilmRecord: Codable, Equatable {
  /// The folder of the run.
  let run: String
  /// Which of its weights.
  let weights: String
  /// A digest of these weights.
  let parameters: String
  /// Where the camera goes.
  let path: String
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// How many frames there are.
  let frames: Int
  /// A digest of all cameras.
  let cameras: String

  /// The record of a film.
  init(run: URL, weights: RunWeights, of store: ParameterStore, path: CameraChoice, cameras: [Camera]) {
    self.run = run.standardizedFileURL.path
    (self.weights, self.path) = (weights.rawValue, path.name)
    parameters = Digest.sha256(
      ofPieces: store.tensors.sorted { $0.key < $1.key }.map { name, tensor in
        var bytes = Data(count: tensor.byteCount)
        bytes.withUnsafeMutableBytes { tensor.copyBytes(to: $0) }
        return Data(name.utf8) + bytes
      })
    (width, height) = (cameras.first?.width ?? 0, cameras.first?.height ?? 0)
    frames = cameras.count
    let numbers = cameras.flatMap { [Double($0.width), Double($0.height), $0.focal] + $0.pose.rows }
    self.cameras = Digest.sha256(of: numbers.withUnsafeBytes(Array.init))
  }

  /// Writes the record into a folder, or finds it there.
  /// - Throws: `ConfigurationError` when the folder has frames of another film, `FileError`.
  func claim(_ folder: URL) throws {
    let file = folder.appendingPathComponent("film.json")
    try OutputFolder.create(folder)
    guard FileManager.default.fileExists(atPath: file.path) else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      if let frame = names.sorted().first(where: { $0.wholeMatch(of: /\d{4,}(-\w+)?\.png/) != nil }) {
        throw ConfigurationError.value(
          key: "--output",
          reason: "\(folder.path) has a frame of another film, \(frame); choose another folder")
      }
      return try AtomicFile.write(Data(readableJSON(self).utf8), to: file)
    }
    guard let data = try? Data(contentsOf: file), let other = try? JSONDecoder().decode(Self.self, from: data)
    else { throw FileError.damaged(path: file.path, reason: "is no record of a film") }
    let pairs = [
      ("run", other.run, run), ("weights", other.weights, weights),
      ("parameters", other.parameters, parameters),
      ("path", other.path, path), ("width", "\(other.width)", "\(width)"),
      ("height", "\(other.height)", "\(height)"), ("frames", "\(other.frames)", "\(frames)"),
      ("cameras", other.cameras, cameras),
    ]
    if let (key, stored, asked) = pairs.first(where: { $0.1 != $0.2 }) {
      throw ConfigurationError.differs(
        what: "film", folder: folder.path, key: key, stored: stored, asked: asked)
    }
  }
}
