import FeedbackAlignment
import Networks
import Torch

/// A network whose training steps are measured, by `dfa bench`.
public struct BenchmarkNetwork: Sendable {
  /// Where network and data come from.
  package enum Content: Sendable {
    /// A network of a real size on random data.
    case synthetic(SyntheticNetwork)
    /// The preset of a task, on its own data.
    case preset(any TrainingTask.Type, String)
  }

  /// The name for commands, such as `nerf-8x256`.
  public let name: String
  /// What it is, in one line.
  public let summary: String
  package let content: Content

  /// A network of a real size on random data, which lie on the device before the first step, so that a step is training
  /// and nothing else.
  /// - Parameters:
  ///   - name: The name for commands.
  ///   - summary: What it is, in one line.
  ///   - batch: Rows of a batch (sequences, where rows are sequences) when not told otherwise.
  ///   - optimizer: The optimizer of a step.
  ///   - feedback: The feedback of methods that have some.
  ///   - network: Makes the network in a scope and its data, and returns the loss of a pass.
  public init(
    _ name: String, _ summary: String, batch: Int, optimizer: OptimizerConfiguration,
    feedback: FeedbackConfiguration = FeedbackConfiguration(),
    network: @escaping @Sendable (Scope, BenchmarkData) -> (Pass) -> Tensor
  ) {
    (self.name, self.summary) = (name, summary)
    content = .synthetic(
      SyntheticNetwork(batch: batch, optimizer: optimizer, feedback: feedback, network: network))
  }

  /// The preset of a task, on the first batch of its data.
  /// - Parameters:
  ///   - name: The name for commands.
  ///   - summary: What it is, in one line.
  ///   - task: The task.
  ///   - preset: The name of one of its presets.
  public init(_ name: String, _ summary: String, task: any TrainingTask.Type, preset: String) {
    (self.name, self.summary) = (name, summary)
    content = .preset(task, preset)
  }
}

/// A network of a real size with random data.
package struct SyntheticNetwork: Sendable {
  /// Rows of a batch when not told otherwise.
  package let batch: Int
  /// The optimizer of a step.
  package let optimizer: OptimizerConfiguration
  /// The feedback of methods that have some.
  package let feedback: FeedbackConfiguration
  fileprivate let network: @Sendable (Scope, BenchmarkData) -> (Pass) -> Tensor

  /// Makes the network and its data.
  /// - Parameters:
  ///   - store: Where the parameters are; data lie on its device.
  ///   - seed: What the data are drawn from.
  ///   - batch: Rows of the batch.
  /// - Returns: The loss of a pass.
  package func build(_ store: ParameterStore, seed: UInt64, batch: Int) -> (Pass) -> Tensor {
    network(
      store.root, BenchmarkData(generator: RandomGenerator(seed: seed, device: store.device), batch: batch))
  }
}
