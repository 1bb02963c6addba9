import FeedbackAlignment
import Networks
import Training

/// For each network on each data set our settings; `-bars`, the recipes of the benchmark BARS, where it has some; and `-published`,
/// those of the published code of Launay et al. 2020, which is for Criteo.
extension ClickThroughRateConfiguration {
  /// The presets of ``ClickThroughRateTask``.
  static let presets: [Preset<Self>] =
    InteractionDataset.allCases.flatMap { dataset in
      networks.map { name, title in
        Preset("\(name)-\(dataset.rawValue)", "\(title) on \(dataset.title)") { ours(name, dataset, $0) }
      }
    } + barsPresets + publishedPresets + [debugPreset]

  /// The networks: what names of presets begin with, and what they are called.
  private static let networks = [
    ("fm", "factorization machine"), ("deepfm", "DeepFM"), ("tower", "the perceptron of DeepFM alone"),
    ("dcn", "Deep & Cross"), ("dcnv2", "DCN-V2"), ("afn", "AFN"), ("autoint", "AutoInt"),
  ]

  /// A small DeepFM on Frappe, to see that everything works.
  private static let debugPreset = Preset<Self>("debug", "a small DeepFM on Frappe for an epoch, in seconds")
  {
    _ in
    var model = DeepFM.Settings()
    model.tower = TowerSettings([32, 32])
    var configuration = Self()
    configuration.dataset = .name(.frappe)
    configuration.model = InteractionModelChoice(model)
    configuration.training = TrainingConfiguration(epochs: 1, batchSize: 4_096)
    configuration.optimizer = OptimizerConfiguration(Adam(), learningRate: 1e-2)
    return configuration
  }

  /// Whatever has the rhythm of BARS: Adam at 1e-3, of which a tenth remains whenever an epoch does not bring a better area under the
  /// curve on the validation rows; two such epochs in a row end the run.
  init(
    _ model: some InteractionModelSettings, _ dataset: InteractionDataset, tableDecay: Double,
    learningRate: Double = 1e-3
  ) {
    self.dataset = .name(dataset)
    self.model = InteractionModelChoice(model)
    training = TrainingConfiguration(epochs: 100, batchSize: 4_096)
    training.patience = .epochs(2)
    // One step is less than the time between two evaluations, so that each counts.
    optimizer = OptimizerConfiguration(
      Adam(), learningRate: learningRate, schedule: PlateauDecay(factor: 0.1, patience: .steps(1)))
    optimizer.clipNorm = 10
    optimizer.groups["embedding"] = .init(weightDecay: tableDecay)
  }
}
