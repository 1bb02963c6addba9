import FeedbackAlignment
import Networks
import Training

/// The settings of the 2020 paper (table 3), as its published code has them: for each network those tuned for BP
/// beside those tuned for DFA, which are shallow training's too; the same for every citation network. They are the
/// presets `<network>-<data set>-published`; `<network>-<data set>` has ``tuned()``'s settings for DFA.
extension GraphConfiguration {
  /// What all networks share: 250 epochs of Adam, of which the first with the best validation accuracy counts, on
  /// the public split.
  private init(
    _ network: Network, _ dataset: Citations, hidden: Int, activation: Activation, learningRate: Double,
    weightDecay: Double
  ) {
    self.init(
      dataset: dataset, split: .publicSplit, normalizesFeatures: true, network: network, hidden: hidden,
      activation: activation, inputDropout: 0, dropout: 0, attentionDropout: 0, outputAttentionDropout: 0,
      heads: 8, outputHeads: 1, terms: 2, kernelSize: 2, splineDegree: 1, layers: 5, groups: 16,
      published: false, errorPlace: .logits, errorHops: 0, decaysAllLayers: false,
      training: TrainingConfiguration(epochs: 250),
      optimizer: OptimizerConfiguration(.adam, learningRate: learningRate, weightDecay: weightDecay),
      feedback: FeedbackConfiguration())
  }

  /// Graph convolutions: 16 hidden units.
  static func gcn(_ dataset: Citations, _ method: MethodName) -> GraphConfiguration {
    var configuration = GraphConfiguration(
      .gcn, dataset, hidden: 16, activation: .relu, learningRate: 0.01,
      weightDecay: method.tuned(bp: 5e-4, dfa: 1e-4))
    configuration.dropout = method.tuned(bp: 0.5, dfa: 0.1)
    return configuration
  }

  /// Chebyshev graph convolutions: 16 hidden units, two terms.
  static func cheb(_ dataset: Citations, _ method: MethodName) -> GraphConfiguration {
    var configuration = GraphConfiguration(
      .cheb, dataset, hidden: 16, activation: .relu, learningRate: 0.01,
      weightDecay: method.tuned(bp: 5e-4, dfa: 1e-4))
    configuration.dropout = method.tuned(bp: 0.5, dfa: 0)
    return configuration
  }

  /// Spline convolutions: 16 hidden units, two weights, linear splines of the targets' in-degrees; features as
  /// they are.
  static func spline(_ dataset: Citations, _ method: MethodName) -> GraphConfiguration {
    var configuration = GraphConfiguration(
      .spline, dataset, hidden: 16, activation: .elu, learningRate: 0.01, weightDecay: 5e-3)
    configuration.normalizesFeatures = false
    configuration.inputDropout = 0.5
    configuration.dropout = 0.5
    configuration.decaysAllLayers = true
    return configuration
  }

  /// Graph attention: eight heads of eight units, then one head.
  static func gat(_ dataset: Citations, _ method: MethodName) -> GraphConfiguration {
    var configuration = GraphConfiguration(
      .gat, dataset, hidden: 8, activation: .elu, learningRate: 0.005,
      weightDecay: method.tuned(bp: 5e-4, dfa: 1e-4))
    configuration.inputDropout = method.tuned(bp: 0.6, dfa: 0.1)
    configuration.dropout = method.tuned(bp: 0.6, dfa: 0.1)
    configuration.attentionDropout = 0.6
    configuration.outputAttentionDropout = method.tuned(bp: 0.6, dfa: 0)
    configuration.decaysAllLayers = true
    return configuration
  }

  /// Dynamic neighbourhood aggregation: five layers of 128 units, eight heads and sixteen groups, on five folds;
  /// features as they are. The error of DFA and shallow training is read after log softmax.
  static func dna(_ dataset: Citations, _ method: MethodName) -> GraphConfiguration {
    var configuration = GraphConfiguration(
      .dna, dataset, hidden: 128, activation: .relu, learningRate: method.tuned(bp: 0.005, dfa: 0.01),
      weightDecay: method.tuned(bp: 5e-4, dfa: 0))
    configuration.split = .fiveFold
    configuration.normalizesFeatures = false
    configuration.dropout = method.tuned(bp: 0.5, dfa: 0)
    configuration.attentionDropout = method.tuned(bp: 0.8, dfa: 0)
    configuration.published = method.tuned(bp: false, dfa: true)
    configuration.decaysAllLayers = true
    return configuration
  }

  /// A few epochs on CiteSeer, to see that everything works.
  static func debug(_ method: MethodName) -> GraphConfiguration {
    var configuration = gcn(.citeseer, method)
    configuration.training.epochs = 10
    return configuration
  }

  /// Each network on each citation network, with our settings and with the published ones, and `debug`.
  static let presets: [Preset<GraphConfiguration>] =
    [
      networkPresets("gcn", "graph convolutions", gcn),
      networkPresets("cheb", "Chebyshev graph convolutions", cheb),
      networkPresets("spline", "spline convolutions", spline), networkPresets("gat", "graph attention", gat),
      networkPresets("dna", "dynamic neighbourhood aggregation", dna),
    ].flatMap { $0 } + [Preset("debug", "10 epochs of gcn-citeseer, in a second") { debug($0) }]

  private static func networkPresets(
    _ name: String, _ summary: String,
    _ published: @escaping @Sendable (Citations, MethodName) -> GraphConfiguration
  ) -> [Preset<GraphConfiguration>] {
    Preset.citations(
      name, "\(summary) on",
      ours: { dataset, method in
        let settings = published(dataset, method)
        return method.tuned(bp: settings, dfa: settings.tuned())
      }, published: published)
  }
}
