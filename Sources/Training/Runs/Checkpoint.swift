import Basics
import FeedbackAlignment
import Foundation
import Reports
import Torch

/// Tensors and progress of a run at one moment, in one safetensors file.
///
/// Tensors are named `parameters/PATH`, `optimizer/PATH/SLOT`, `method/PATH`, `generator` and `lossSum`, so
/// that the weights can be read by any tool that knows the format. The file holds a digest of its bytes, by which a
/// change of any of them is noticed.
public struct Checkpoint {
  /// The name of the task.
  public let task: String
  /// The tensors.
  public let tensors: [String: Tensor]
  /// How far the run had come.
  public internal(set) var progress: TrainingProgress
  /// A digest of the record of the run that it is of; nil when it is of no run that is kept.
  public internal(set) var run: String?
  /// Where it was read from, for error messages.
  public var source = "checkpoint"

  init(task: String, tensors: [String: Tensor], progress: TrainingProgress) {
    self.task = task
    self.tensors = tensors
    self.progress = progress
  }

  /// Reads a file.
  /// - Throws: ``CheckpointError`` when it is missing, truncated, not a checkpoint, or changed since it was written.
  public init(contentsOf url: URL) throws {
    guard let data = try? Data(contentsOf: url) else { throw CheckpointError.missing(url.path) }
    let file: SafeTensors
    do {
      file = try SafeTensors(data)
    } catch let error as SafeTensorsError {
      throw CheckpointError.damaged(url.path, error)
    }
    guard let task = file.metadata["task"], let json = file.metadata["progress"],
      let progress = try? JSONDecoder().decode(TrainingProgress.self, from: Data(json.utf8))
    else { throw CheckpointError.incomplete(url.path) }
    guard let place = Self.digestPlace(in: data),
      file.metadata[Self.digestKey] == Self.digest(of: data, but: place)
    else { throw CheckpointError.altered(url.path) }
    self.init(task: task, tensors: file.tensors, progress: progress)
    run = file.metadata["run"]
    source = url.path
  }

  /// Writes the file under a temporary name, syncs and renames it: a killed process leaves the old file or
  /// the new one.
  /// - Throws: `FileError` when the disk is full or the folder not writable.
  public func write(to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let json = String(decoding: try encoder.encode(progress), as: UTF8.self)
    var metadata = ["task": task, "progress": json, "dfa": directFeedbackVersion]
    metadata["run"] = run
    try AtomicFile.write(Self.sealed(SafeTensors(tensors: tensors, metadata: metadata)), to: url)
  }

  /// The progress in a file whose tensors are not read, nor its digest; nil when it has none.
  static func progress(at url: URL) -> TrainingProgress? {
    struct Header: Decodable {
      let metadata: [String: String]
      private enum CodingKeys: String, CodingKey { case metadata = "__metadata__" }
    }
    guard let file = try? FileHandle(forReadingFrom: url),
      let length = try? file.read(upToCount: 8)?.reversed().reduce(UInt64(0), { $0 << 8 | UInt64($1) }),
      length <= 100_000_000, let json = try? file.read(upToCount: Int(length)),
      let text = try? JSONDecoder().decode(Header.self, from: json).metadata["progress"]
    else { return nil }
    return try? JSONDecoder().decode(TrainingProgress.self, from: Data(text.utf8))
  }

  /// Checks that it is of a run.
  /// - Throws: ``CheckpointError/otherRun(_:)``.
  func check(run expected: String) throws {
    guard run == expected else { throw CheckpointError.otherRun(source) }
  }

  private static let digestKey = "digest"

  /// The contents of a file whose metadata have the digest of all other bytes.
  package static func sealed(_ file: SafeTensors) -> Data {
    var file = file
    file.metadata[digestKey] = String(decoding: blank, as: UTF8.self)
    var data = file.data()
    if let place = digestPlace(in: data) {
      data.replaceSubrange(place, with: Data(digest(of: data, but: place).utf8))
    }
    return data
  }

  /// What stands for the digest while it is computed.
  private static let blank = Data(repeating: UInt8(ascii: "0"), count: 64)

  private static func digest(of data: Data, but place: Range<Int>) -> String {
    Digest.sha256(ofPieces: [data[..<place.lowerBound], blank, data[place.upperBound...]])
  }

  /// Where the digest is; nil when the header has none. Quotes within a text are escaped, so it is found nowhere else.
  private static func digestPlace(in data: Data) -> Range<Int>? {
    guard data.count >= 8 else { return nil }
    let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let header = 8..<8 + Int(min(length, UInt64(data.count - 8)))
    guard let key = data.range(of: Data("\"\(digestKey)\":\"".utf8), in: header),
      key.upperBound + blank.count <= header.upperBound
    else { return nil }
    return key.upperBound..<key.upperBound + blank.count
  }

  /// The first tensor, by name, with NaN or infinity in it.
  var notFinite: String? { tensors.firstNotFinite }

  /// The tensors whose names begin with a prefix, without it.
  func part(_ prefix: String) -> [String: Tensor] { tensors.part(prefix) }
}
