import FeedbackAlignment
import Networks
import Training

/// The settings of the published code of Launay et al. 2020 on Criteo, for backpropagation, DFA and shallow training each (its
/// `reproduce_*.sh`): batches of 2,048 in one order for all epochs, values counted on all rows, signals divided by the root of the
/// widest point's width.
extension ClickThroughRateConfiguration {
  static let publishedPresets: [Preset<Self>] = [
    Preset("fm-criteo-published", "factorization machine on Criteo, settings of the 2020 paper") { _ in
      var model = FactorizationMachine.Settings()
      (model.embedding.width, model.start) = (16, .published)
      return published(model, learningRate: 1e-4)
    },
    Preset("deepfm-criteo-published", "DeepFM on Criteo, settings of the 2020 paper") { method in
      var model = DeepFM.Settings()
      (model.start, model.embedding.end) = (.published, .cut)
      model.tower.dropout = method == .shallow ? 0.1 : 0.5
      return published(
        model, learningRate: method == .shallow ? 1e-4 : method.tuned(bp: 3e-4, dfa: 5e-5), epochs: 30,
        patience: 5)
    },
    Preset("dcn-criteo-published", "Deep & Cross on Criteo, settings of the 2020 paper") { method in
      var model = DeepCross.Settings()
      (model.start, model.embedding) = (.published, EmbeddingSettings(width: 16, end: .point))
      (model.crossLayers, model.tower) = (6, TowerSettings([1_024, 1_024]))
      let isShallow = method == .shallow
      var configuration = published(
        model, learningRate: isShallow ? 1e-3 : method.tuned(bp: 2e-4, dfa: 5e-5),
        epochs: isShallow ? 30 : 15,
        patience: isShallow ? 5 : 3)
      configuration.training.batchSize = isShallow ? 2_048 : 512
      configuration.optimizer.clipNorm = 100
      return configuration
    },
    Preset("afn-criteo-published", "AFN on Criteo, settings of the 2020 paper") { method in
      var model = AFN.Settings()
      (model.start, model.embedding.end) = (.published, .point)
      (model.neurons, model.form, model.hasLinearTerm) = (1_500, .shifted, true)
      model.tower = TowerSettings(dropout: method.tuned(bp: 0.3, dfa: 0))
      let isShallow = method == .shallow
      return published(
        model, learningRate: isShallow ? 4e-4 : method.tuned(bp: 4e-4, dfa: 3e-4),
        epochs: isShallow ? 30 : 15,
        patience: isShallow ? 5 : 3)
    },
    Preset("autoint-criteo-published", "AutoInt on Criteo, settings of the published code") { method in
      var model = AutoInt.Settings()
      (model.start, model.embedding.end) = (.published, .point)
      (model.layers, model.heads, model.headWidth, model.hasLinearTerm) = (3, 2, 16, true)
      let isShallow = method == .shallow
      model.tower = TowerSettings(dropout: isShallow ? 0.5 : 0)
      return published(
        model, learningRate: isShallow ? 4e-4 : method.tuned(bp: 1e-4, dfa: 5e-5),
        epochs: isShallow ? 30 : 15,
        patience: isShallow ? 5 : 3)
    },
  ]

  private static func published(
    _ model: some InteractionModelSettings, learningRate: Double, epochs: Int = 15, patience: Int = 3
  ) -> Self {
    var configuration = Self()
    configuration.dataset = .name(.criteo)
    configuration.rows.seed = 42
    configuration.rows.vocabulary = .all
    configuration.order = .fixed
    configuration.model = InteractionModelChoice(model)
    configuration.training = TrainingConfiguration(epochs: epochs, batchSize: 2_048)
    configuration.training.patience = .epochs(patience)
    configuration.optimizer = OptimizerConfiguration(Adam(), learningRate: learningRate)
    configuration.feedback.normalization = .widestPoint
    return configuration
  }
}
