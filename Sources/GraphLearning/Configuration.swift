import Datasets
import FeedbackAlignment
import Networks
import Training

/// The configuration of ``NodeClassificationTask``.
public struct GraphConfiguration: TaskConfiguration {
  /// A citation network.
  public enum Network: String, NamedChoice {
    /// Cora: 2,708 papers, 7 classes.
    case cora
    /// CiteSeer: 3,327 papers, 6 classes.
    case citeseer
    /// PubMed: 19,717 papers, 3 classes.
    case pubmed

    var dataset: Dataset {
      switch self {
      case .cora: DatasetCatalog.cora
      case .citeseer: DatasetCatalog.citeseer
      case .pubmed: DatasetCatalog.pubmed
      }
    }
  }

  /// The citation network, with its public split.
  public var dataset: Network
  /// The width of the hidden layer; at least 1.
  public var hidden: Int
  /// The probability that an element of the hidden layer is dropped; in [0, 1).
  public var dropout: Double
  /// Length and rhythm; the batch is always the whole graph.
  public var training: TrainingConfiguration
  /// The optimizer; its weight decay acts on the first convolution only.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks `hidden` and `dropout`.
  public func validate() throws {
    try require(
      "hidden", (1...greatestWidth).contains(hidden), "must be from 1 to \(greatestWidth), not \(hidden)")
    guard (0..<1).contains(dropout) else {
      throw ConfigurationError.value(
        key: "dropout", reason: "must be at least 0 and less than 1, not \(dropout)")
    }
  }

  /// The 2020 paper's graph convolutional network on a citation network.
  ///
  /// BP: dropout 0.5, weight decay 5e-4. DFA and shallow: dropout 0.1, weight decay 1e-4 (2020 paper,
  /// appendix C). Both: 16 hidden units, Adam, learning rate 0.01, 250 epochs, the test accuracy at the first
  /// epoch with the best validation accuracy (published code).
  static func gcn(_ dataset: Network, _ method: MethodName) -> GraphConfiguration {
    GraphConfiguration(
      dataset: dataset, hidden: 16, dropout: method.tuned(bp: 0.5, dfa: 0.1),
      training: TrainingConfiguration(epochs: 250),
      optimizer: OptimizerConfiguration(
        .adam, learningRate: 0.01, weightDecay: method.tuned(bp: 5e-4, dfa: 1e-4)),
      feedback: FeedbackConfiguration())
  }

  /// A few epochs on CiteSeer, to see that everything works.
  static func debug(_ method: MethodName) -> GraphConfiguration {
    var configuration = gcn(.citeseer, method)
    configuration.training.epochs = 10
    return configuration
  }
}
