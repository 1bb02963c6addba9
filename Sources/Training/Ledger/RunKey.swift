import Basics
import FeedbackAlignment
import Foundation
import Torch

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

  /// The key of a run in this process.
  init<Task: TrainingTask>(_ experiment: Experiment<Task>, _ method: MethodName, seed: UInt64) throws {
    let configuration = try experiment.configuration(method)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    task = Task.name
    self.configuration = Digest.sha256(of: [UInt8](try encoder.encode(configuration)))
    self.method = method
    self.seed = seed
    device = experiment.device.description
    threads = LibTorch.threadCount
    versions = .current
    data = try Task.dataDigest(configuration, in: experiment.datasets)
  }

  /// A short name for files.
  var fileName: String {
    let text = "\(task) \(configuration) \(method.rawValue) \(seed) \(device) \(threads) \(versions) \(data)"
    return String(Digest.sha256(of: Array(text.utf8)).prefix(20))
  }
}
