import Datasets
import Networks
import Torch

/// Where a task runs and what it is drawn from.
public struct TaskEnvironment: Sendable {
  /// The seed of the run; parts of a run derive theirs from it.
  public let seed: UInt64
  /// Where tensors lie.
  public let device: Device
  /// Where data sets are.
  public let datasets: DatasetStore

  /// An environment.
  public init(seed: UInt64, device: Device, datasets: DatasetStore) {
    self.seed = seed
    self.device = device
    self.datasets = datasets
  }

  /// A store for the network's parameters.
  public func parameterStore() -> ParameterStore { ParameterStore(seed: seed, device: device) }
}
