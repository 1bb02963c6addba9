import FeedbackAlignment
import Foundation
import Torch
import Yams

/// What a run is: `run.yaml` without the configuration.
public struct RunHeader: Codable, Equatable, Sendable {
  /// The name of the task.
  public var task: String
  /// The name of the preset.
  public var preset: String
  /// The method.
  public var method: MethodName
  /// The seed.
  public var seed: UInt64
  /// Where it runs.
  public var device: String
  /// Threads of an operation on the CPU; equal weights need equal threads.
  public var threads: Int
  /// The version of this package and of LibTorch.
  public var versions: SoftwareVersions
  /// A digest of the data that the run reads.
  public var data: String

  /// The header of a run in this process.
  public init(task: String, preset: String, method: MethodName, seed: UInt64, device: Device, data: String) {
    self.task = task
    self.preset = preset
    self.method = method
    self.seed = seed
    self.device = device.description
    self.data = data
    threads = LibTorch.threadCount
    versions = .current
  }

  /// What to call the run beside others, such as `gcn-cora DFA seed 0`.
  public var title: String { "\(preset) \(method.title) seed \(seed)" }
}

/// What a run is: `run.yaml`.
public struct RunRecord<Configuration: TaskConfiguration>: Codable, Equatable, Sendable {
  /// Task, method, seed, device and versions.
  public let run: RunHeader
  /// The configuration, with every key.
  public internal(set) var configuration: Configuration

  /// A record.
  public init(run: RunHeader, configuration: Configuration) {
    self.run = run
    self.configuration = configuration
  }
}
