import FeedbackAlignment
import Training

/// The settings of the 2020 paper (table 4), as its published code has them, and ours for DFA.
extension AutoencoderConfiguration {
  /// The published settings: 32 hidden units and a latent of 16; 400 epochs of Adam, on CiteSeer 200, of which the
  /// last counts.
  static func gae(
    _ dataset: GraphConfiguration.Citations, _ method: MethodName
  ) -> AutoencoderConfiguration {
    let isCiteSeer = dataset == .citeseer
    return AutoencoderConfiguration(
      dataset: dataset, normalizesFeatures: true, validationShare: 0.05, testShare: 0.1,
      hidden: 32, latent: 16, activation: .relu, inputDropout: 0, dropout: 0,
      training: TrainingConfiguration(epochs: isCiteSeer ? 200 : 400, selection: .last),
      optimizer: OptimizerConfiguration(
        .adam, learningRate: isCiteSeer ? method.tuned(bp: 0.01, dfa: 0.02) : 0.01),
      feedback: FeedbackConfiguration())
  }

  /// The same with 128 hidden units for DFA and shallow training, chosen by the validation AUC over seeds from 100.
  static func wideGAE(
    _ dataset: GraphConfiguration.Citations, _ method: MethodName
  ) -> AutoencoderConfiguration {
    var configuration = gae(dataset, method)
    configuration.hidden = method.tuned(bp: 32, dfa: 128)
    return configuration
  }

  /// A few epochs on CiteSeer, to see that everything works.
  static func debug(_ method: MethodName) -> AutoencoderConfiguration {
    var configuration = gae(.citeseer, method)
    configuration.training.epochs = 10
    return configuration
  }

  /// Each citation network, with our settings and with the published ones, and `debug`.
  static let presets: [Preset<AutoencoderConfiguration>] =
    Preset.citations("gae", "graph autoencoder of", ours: wideGAE, published: gae)
    + [Preset("debug", "10 epochs of gae-citeseer, in a second") { debug($0) }]
}
