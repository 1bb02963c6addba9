import FeedbackAlignment
import Training

/// The settings of the 2020 paper (table 4), as its published code has them, and ours.
extension GraphAutoencoderConfiguration {
  /// Each citation network, with our settings and with the published ones, and `debug`.
  static let presets: [Preset<GraphAutoencoderConfiguration>] =
    CitationDataset.presets("gae", "graph autoencoder of", ours: gae, published: publishedGAE)
    + [Preset("debug", "10 epochs of gae-citeseer, in a second") { debug($0) }]

  /// `gae-…-published`: 32 hidden units and a latent of 16; 400 epochs of Adam, on CiteSeer 200, of which the last
  /// counts.
  private static func publishedGAE(_ dataset: CitationDataset, _ method: MethodName) -> Self {
    var configuration = Self()
    configuration.dataset = .name(dataset)
    if dataset == .citeseer {
      configuration.training.epochs = 200
      configuration.optimizer.learningRate = method.tuned(bp: 0.01, dfa: 0.02)
    }
    return configuration
  }

  /// `gae-…`: the same with 128 hidden units, of 32 and 128 those with the better validation AUC over seeds from 100, for BP and
  /// for DFA.
  private static func gae(_ dataset: CitationDataset, _ method: MethodName) -> Self {
    var configuration = publishedGAE(dataset, method)
    configuration.model.hidden = 128
    return configuration
  }

  /// `debug`: a few epochs on CiteSeer, to see that everything works.
  private static func debug(_ method: MethodName) -> Self {
    var configuration = publishedGAE(.citeseer, method)
    configuration.training.epochs = 10
    return configuration
  }
}
