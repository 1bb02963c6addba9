import Basics
import FeedbackAlignment
import Foundation

/// All that decides what a run gives: two runs of one key give the same.
public struct RunKey: Codable, Hashable, Sendable {
  /// The name of the task.
  public let task: String
  /// A digest of the resolved configuration.
  public let configuration: String
  /// The method.
  public let method: MethodName
  /// The seed.
  public let seed: UInt64
  /// Where it runs.
  public let device: String
  /// Threads of an operation on the CPU.
  public let threads: Int
  /// The versions of this package and of LibTorch.
  public let versions: SoftwareVersions
  /// A digest of the data that it reads.
  public let data: String

  /// The key of a run by its record, that of a run folder too.
  package init<Configuration>(_ record: RunRecord<Configuration>) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    configuration = Digest.sha256(of: [UInt8](try encoder.encode(record.configuration)))
    let run = record.run
    (task, method, seed, data) = (run.task, run.method, run.seed, run.data)
    (device, threads, versions) = (run.device, run.threads, run.versions)
  }

  /// A short name for files.
  var fileName: String {
    let text = "\(task) \(configuration) \(method.rawValue) \(seed) \(device) \(threads) \(versions) \(data)"
    return String(Digest.sha256(of: Array(text.utf8)).prefix(20))
  }
}
