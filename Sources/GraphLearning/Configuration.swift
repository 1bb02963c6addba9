import Datasets
import FeedbackAlignment
import Networks
import Training

/// The configuration of ``NodeClassificationTask``.
///
/// Settings whose description names networks are for these alone: the others do not read them.
public struct GraphConfiguration: TaskConfiguration {
  /// A citation network.
  public enum Citations: String, NamedChoice {
    /// Cora: 2,708 papers, 7 classes.
    case cora
    /// CiteSeer: 3,327 papers, 6 classes.
    case citeseer
    /// PubMed: 19,717 papers, 3 classes.
    case pubmed

    /// The name as papers write it.
    var title: String {
      switch self {
      case .cora: "Cora"
      case .citeseer: "CiteSeer"
      case .pubmed: "PubMed"
      }
    }

    var dataset: Dataset {
      switch self {
      case .cora: DatasetCatalog.cora
      case .citeseer: DatasetCatalog.citeseer
      case .pubmed: DatasetCatalog.pubmed
      }
    }
  }

  /// What the nodes are trained, validated and tested on.
  public enum Split: String, NamedChoice {
    /// 20 nodes of each class, 500 and 1,000 nodes (Yang et al. 2016).
    case publicSplit = "public"
    /// A fifth, a fifth and three fifths of the nodes, drawn from the run's seed so that every class has its share
    /// of each; not comparable with the public split.
    case fiveFold
  }

  /// A network.
  public enum Network: String, NamedChoice {
    /// Two graph convolutions (Kipf and Welling 2017).
    case gcn
    /// Two Chebyshev graph convolutions (Defferrard et al. 2016).
    case cheb
    /// Two spline convolutions (Fey et al. 2018).
    case spline
    /// Two graph attention layers (Veličković et al. 2018).
    case gat
    /// Dynamic neighbourhood aggregation between two dense layers (Fey 2019).
    case dna
  }

  /// The citation network.
  public var dataset: Citations
  /// Which nodes are trained on.
  public var split: Split
  /// Whether the features of each node are divided by their sum, where that is more than 1.
  public var normalizesFeatures: Bool
  /// The network.
  public var network: Network
  /// The width of the hidden layer, of each head of it (gat) or of all hidden layers (dna, a multiple of `heads`
  /// and `groups`); at least 1.
  public var hidden: Int
  /// The activation after every hidden layer.
  public var activation: Activation
  /// The probability that a feature is dropped; in [0, 1).
  public var inputDropout: Double
  /// The probability that an element of the hidden layer is dropped; of the first and the last one (dna). In
  /// [0, 1).
  public var dropout: Double
  /// gat, dna: the probability that a coefficient of attention is dropped; in [0, 1).
  public var attentionDropout: Double
  /// gat: the same for the last layer.
  public var outputAttentionDropout: Double
  /// gat, dna: how many heads the hidden layers have; at least 1.
  public var heads: Int
  /// gat: how many heads the last layer has, of which the mean is taken; at least 1.
  public var outputHeads: Int
  /// cheb: how many terms the convolutions have; at least 1.
  public var terms: Int
  /// spline: how many weights the kernels have; more than `splineDegree`.
  public var kernelSize: Int
  /// spline: the degree of the kernels' splines; from 1 to 3.
  public var splineDegree: Int
  /// dna: how many layers aggregate; at least 1.
  public var layers: Int
  /// dna: into how many groups the projections split the features; at least 1.
  public var groups: Int
  /// dna: whether the error is read after log softmax, as in the published code of the 2020 paper, where it does
  /// not depend on the prediction. Otherwise it is read at the logits, as for all other networks.
  public var published: Bool
  /// gcn, cheb, spline, gat: where the error is read.
  public var errorPlace: ErrorPlace
  /// Over how many edges the error of the logits is spread, by the normalised adjacency, before hidden layers (dna: all
  /// but the last) receive it, instead of that of `errorPlace`; from 0 to 100. 0 does not spread it.
  public var errorHops: Int
  /// Whether the optimizer's weight decay acts on all parameters or on the first layer only.
  public var decaysAllLayers: Bool
  /// Length and rhythm; the batch is always the whole graph.
  public var training: TrainingConfiguration
  /// The optimizer.
  public var optimizer: OptimizerConfiguration
  /// The feedback matrices.
  public var feedback: FeedbackConfiguration

  /// Checks the sizes and probabilities.
  public func validate() throws {
    try require(
      "hidden", (1...greatestWidth).contains(hidden), "must be from 1 to \(greatestWidth), not \(hidden)")
    let probabilities = [
      ("inputDropout", inputDropout), ("dropout", dropout), ("attentionDropout", attentionDropout),
      ("outputAttentionDropout", outputAttentionDropout),
    ]
    for (key, value) in probabilities {
      try require(key, (0..<1).contains(value), "must be at least 0 and less than 1, not \(value)")
    }
    try require("errorHops", (0...100).contains(errorHops), "must be from 0 to 100, not \(errorHops)")
    try require(
      "errorHops", errorHops == 0 || errorPlace == .logits, "must be 0 where errorPlace is not logits")
    let counts = [
      ("heads", heads), ("outputHeads", outputHeads), ("terms", terms), ("layers", layers),
      ("groups", groups),
    ]
    for (key, value) in counts {
      try require(key, (1...1_000).contains(value), "must be from 1 to 1000, not \(value)")
    }
    try require(
      "splineDegree", (1...3).contains(splineDegree), "must be 1, 2 or 3, not \(splineDegree)")
    try require(
      "kernelSize", kernelSize > splineDegree && kernelSize <= 1_000,
      "must be more than the splines' degree \(splineDegree), and at most 1000, not \(kernelSize)")
    if network == .dna {
      try require(
        "hidden", hidden % heads == 0 && hidden % groups == 0,
        "must be a multiple of \(heads) heads and \(groups) groups, not \(hidden)")
    }
  }
}
