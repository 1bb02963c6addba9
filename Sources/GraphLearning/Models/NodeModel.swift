import Networks
import Torch

/// A network that classifies the nodes of a graph. It is initialised from the sizes of the data and from settings of its own.
///
/// **Shape** features `[N, F]` to logits `[N, K]`
public protocol NodeModel {
  /// What the network can be told.
  associatedtype Settings: NodeModelSettings where Settings.Model == Self

  /// A network; the parameters of its first layer are in the group `first`, so that weight decay can act on it alone.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: The settings, which have been checked.
  ///   - features: F.
  ///   - classes: K.
  init(_ scope: Scope, _ settings: Settings, features: Int, classes: Int)

  /// The logits of all nodes, or their log softmax (``givesLogProbabilities``).
  /// - Parameters:
  ///   - features: What is known of the nodes.
  ///   - graph: The graph.
  ///   - pass: The pass.
  func callAsFunction(_ features: some NodeFeatures, _ graph: Graph, _ pass: Pass) -> Tensor

  /// Whether the network ends with log softmax.
  var givesLogProbabilities: Bool { get }
}

extension NodeModel {
  /// False: networks give logits unless they say otherwise.
  public var givesLogProbabilities: Bool { false }
}

/// The settings of a ``NodeModel``: keys of a configuration below the model's name.
public protocol NodeModelSettings: SettingKind {
  /// The network that has these settings.
  associatedtype Model: NodeModel where Model.Settings == Self
}

extension NodeModelSettings {
  /// A network with these settings.
  public func makeModel(_ scope: Scope, features: Int, classes: Int) -> any NodeModel {
    Model(scope, self, features: features, classes: classes)
  }
}
