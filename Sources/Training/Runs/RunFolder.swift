import Basics
import FeedbackAlignment
import Foundation
import Reports
import Torch
import Yams

/// The folder of a run: `run.yaml`, `metrics.jsonl`, TensorBoard events, `checkpoints/`, `report.html`.
public struct RunFolder: Sendable {
  /// The folder.
  public let url: URL

  /// The run in a folder, which need not exist yet.
  public init(_ url: URL) { self.url = url }

  var recordFile: URL { url.appendingPathComponent("run.yaml") }
  /// One line for each ``TrainingRecord``.
  public var metricsFile: URL { url.appendingPathComponent("metrics.jsonl") }
  /// Where checkpoints are.
  public var checkpoints: URL { url.appendingPathComponent("checkpoints") }
  /// The checkpoint to resume from.
  public var lastCheckpoint: URL { checkpoints.appendingPathComponent("last.safetensors") }
  /// The weights of the best evaluation.
  public var bestCheckpoint: URL { checkpoints.appendingPathComponent("best.safetensors") }
  /// What the run reached: ``TrainingResult``.
  public var resultFile: URL { url.appendingPathComponent("result.json") }
  /// The run's report.
  public var reportFile: URL { url.appendingPathComponent("report.html") }

  /// What the selected weights show, where the task shows pictures: PNG files, and what they are.
  public var picturesFolder: URL { url.appendingPathComponent("pictures") }

  /// Whether a run has begun here.
  public var exists: Bool { FileManager.default.fileExists(atPath: recordFile.path) }

  /// Whether there are checkpoints of a run.
  var hasCheckpoints: Bool {
    [lastCheckpoint, bestCheckpoint].contains { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// A digest of what the run is, by which its checkpoints are known: of its record but for how long it is, which may be made
  /// more.
  /// - Throws: ``RunError/missing(_:)``, ``RunError/damaged(_:_:)``.
  func identity() throws -> String {
    guard let text = try? String(contentsOf: recordFile, encoding: .utf8) else {
      throw RunError.missing(url.path)
    }
    guard let record = try? Yams.compose(yaml: text) else {
      throw RunError.damaged(recordFile.path, "is not YAML")
    }
    let lengths = ["configuration.training.epochs", "configuration.training.steps"]
    let lines = record.leaves().filter { !lengths.contains($0.key) }.map { "\($0.key)=\($0.text)" }
    return Digest.sha256(of: Array(lines.joined(separator: "\n").utf8))
  }

  /// Reads a checkpoint of the run.
  /// - Throws: ``CheckpointError``, ``RunError/missing(_:)``.
  func checkpoint(_ file: URL) throws -> Checkpoint {
    let checkpoint = try Checkpoint(contentsOf: file)
    try checkpoint.check(run: identity())
    return checkpoint
  }

  /// Does something while no other process trains in the folder, which is made where it is missing.
  ///
  /// What is locked is the file of metrics, which is never replaced.
  /// - Throws: ``RunError/inUse(_:)`` when another does, ``RunError/notWritable(_:)``, `FileError`.
  func whileUnused<Value>(_ work: () throws -> Value) throws -> Value {
    try RunError.createFolder(url)
    try RunError.createFolder(checkpoints)
    let value = try FileLocks(metricsFile).holding(0, waits: false) {
      for folder in [url, checkpoints] { AtomicFile.removeAbandoned(in: folder) }
      return try work()
    }
    guard let value else {
      throw RunError.inUse(url.path)
    }
    return value
  }

  /// Makes the folders and writes `run.yaml`.
  /// - Throws: ``RunError`` when the folder cannot be made, `FileError` when it cannot be written.
  public func create<Configuration>(_ record: RunRecord<Configuration>) throws {
    try RunError.createFolder(url)
    try RunError.createFolder(checkpoints)
    try AtomicFile.write(Data(readableYAML(record).utf8), to: recordFile)
  }

  /// Reads `run.yaml` but for the configuration.
  /// - Throws: ``RunError``.
  public func header() throws -> RunHeader {
    struct Header: Decodable { let run: RunHeader }
    return try read(Header.self).run
  }

  /// Reads `run.yaml`.
  /// - Throws: ``RunError``.
  public func record<Configuration: TaskConfiguration>(
    _ type: Configuration.Type = Configuration.self
  ) throws -> RunRecord<Configuration> {
    let record = try read(RunRecord<Configuration>.self)
    do {
      _ = try record.configuration.checked()
    } catch {
      throw RunError.damaged(recordFile.path, error.description)
    }
    guard (1...LibTorch.maximumThreadCount).contains(record.run.threads) else {
      throw RunError.damaged(recordFile.path, "run.threads is \(record.run.threads)")
    }
    return record
  }

  /// The lines of `metrics.jsonl`; none before the first is written.
  /// - Throws: ``RunError``, when lines are gone too.
  public func metrics() throws -> [TrainingRecord] {
    let isThere = FileManager.default.fileExists(atPath: metricsFile.path)
    let data = isThere ? FileManager.default.contents(atPath: metricsFile.path) : Data()
    guard let data else { throw RunError.damaged(metricsFile.path, "cannot be read") }
    guard let text = String(data: data, encoding: .utf8) else {
      throw RunError.damaged(metricsFile.path, "is not UTF-8")
    }
    let recorded = Checkpoint.progress(at: lastCheckpoint)?.metricsByteCount ?? 0
    guard data.count >= recorded else {
      throw RunError.damaged(
        metricsFile.path, "holds \(data.count) bytes, but the checkpoint recorded \(recorded)")
    }
    let decoder = JSONDecoder()
    let records = try text.split(separator: "\n").enumerated().map { number, line in
      guard let record = try? decoder.decode(TrainingRecord.self, from: Data(line.utf8)) else {
        throw RunError.damaged(metricsFile.path, "line \(number + 1) is not a record of training")
      }
      return record
    }
    if let result = try result(), !records.contains(where: { $0.step == result.step }) {
      throw RunError.damaged(metricsFile.path, "lacks the record of the result, \(result.moment)")
    }
    return records
  }

  /// Keeps what the run reached.
  /// - Throws: `FileError` when the file cannot be written.
  public func write(_ result: TrainingResult) throws {
    try AtomicFile.write(Data((readableJSON(result) + "\n").utf8), to: resultFile)
  }

  /// Keeps files of the task.
  /// - Throws: `FileError` when they cannot be written.
  func keep(_ files: [String: [UInt8]]) throws {
    for (name, bytes) in files { try AtomicFile.write(Data(bytes), to: url.appendingPathComponent(name)) }
  }

  /// A file that the run's task kept.
  /// - Throws: ``RunError/damaged(_:_:)`` when it is gone.
  public func keptFile(_ name: String) throws -> [UInt8] {
    let file = url.appendingPathComponent(name)
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw RunError.damaged(file.path, "is missing")
    }
    return Array(data)
  }

  /// Forgets what the run reached.
  func removeResult() {
    for file in [resultFile, picturesFolder] { try? FileManager.default.removeItem(at: file) }
  }

  /// What the run reached; nil while it has not ended.
  /// - Throws: ``RunError``.
  public func result() throws -> TrainingResult? {
    guard let data = try? Data(contentsOf: resultFile) else { return nil }
    guard let result = try? JSONDecoder().decode(TrainingResult.self, from: data) else {
      throw RunError.damaged(resultFile.path, "is not the result of a run")
    }
    return result
  }

  private func read<Value: Decodable>(_ type: Value.Type) throws -> Value {
    guard let text = try? String(contentsOf: recordFile, encoding: .utf8) else {
      throw RunError.missing(url.path)
    }
    do {
      return try YAMLDecoder().decode(type, from: text)
    } catch {
      throw RunError.damaged(recordFile.path, "is not the record of a run of this version")
    }
  }
}

/// A run folder that cannot be used.
public enum RunError: ReportableError, Equatable {
  /// There is no run in the folder.
  case missing(String)
  /// A run is there already.
  case exists(String)
  /// Another process is training in the folder.
  case inUse(String)
  /// The folder cannot be made or written.
  case notWritable(String)
  /// A file of the run does not hold what it should.
  case damaged(String, String)

  /// Makes a folder, and those above it, where they are missing.
  /// - Throws: ``notWritable(_:)``.
  package static func createFolder(_ url: URL) throws {
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    } catch {
      throw RunError.notWritable(url.path)
    }
  }

  /// A path beside one that is taken, at which nothing is.
  private static func free(_ path: String) -> String {
    let paths = (2...999).lazy.map { "\(path)-\($0)" }
    return paths.first { !FileManager.default.fileExists(atPath: $0) } ?? "\(path)-new"
  }

  /// `ExitCode.data` for a damaged file, else `ExitCode.usage`: another folder has to be given.
  public var exitCode: Int32 {
    switch self {
    case .damaged: ExitCode.data
    case .missing, .exists, .inUse, .notWritable: ExitCode.usage
    }
  }

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let path): "\(path): holds no run; give the folder that \"dfa train\" wrote"
    case .exists(let path):
      "\(path): holds a run already; go on with it by \"dfa resume \(path)\", or choose another --output, such as "
        + RunError.free(path)
    case .inUse(let path):
      "\(path): another process is training this run; wait for its end, or choose another --output"
    case .notWritable(let path): "\(path): cannot be written; choose another --output"
    case .damaged(let path, let reason):
      "\(path): \(reason); restore the file, or train again with another --output"
    }
  }
}
