import FeedbackAlignment
import Networks
import Training

/// Our settings: on the Frappe log and MovieLens-100k networks of 128 units a layer, of which a run takes a minute, with what a search of
/// eight settings for each method chose on the validation rows (`Results`; AFN on MovieLens-100k: of four); elsewhere, and for AFN on the
/// Frappe log, those of BARS.
/// The perceptron alone has DeepFM's; the factorization machine, DCN-V2 and AutoInt have BARS's.
extension ClickThroughRateConfiguration {
  /// What was searched.
  private struct Searched {
    let rate, tableDecay: Double
    var dropout: Double?
    var start = StartingWeights.bars
  }

  static func ours(_ network: String, _ dataset: InteractionDataset, _ method: MethodName) -> Self {
    switch network {
    case "fm": return bars(FactorizationMachine.Settings(), dataset)
    case "dcnv2": return bars(DCNV2.Settings(), dataset)
    case "autoint": return bars(AutoInt.Settings(), dataset)
    case "dcn":
      var (configuration, model) = (bars(DeepCross.Settings(), dataset), DeepCross.Settings())
      guard let searched = searched("dcn", dataset, method) else { return configuration }
      model.crossLayers = dataset == .movieLens ? 4 : 3
      model.start = searched.start
      model.tower = TowerSettings([128, 128, 128], dropout: searched.dropout ?? 0.2)
      configuration.model = InteractionModelChoice(model)
      return configuration.tuned(searched, dataset)
    case "afn":
      var (configuration, model) = (bars(AFN.Settings(), dataset), AFN.Settings())
      guard let searched = searched("afn", dataset, method) else { return configuration }
      (model.neurons, model.start) = (100, searched.start)
      model.tower = TowerSettings([128], dropout: searched.dropout ?? 0.4, batchNorm: false)
      configuration.model = InteractionModelChoice(model)
      return configuration.tuned(searched, dataset)
    default:
      var model = network == "tower" ? tower : DeepFM.Settings()
      var configuration = bars(model, dataset)
      guard let searched = searched("deepfm", dataset, method) else { return configuration }
      model.start = searched.start
      model.tower = TowerSettings(
        [128, 128, 128], dropout: searched.dropout ?? (dataset == .movieLens ? 0.3 : 0.2))
      configuration.model = InteractionModelChoice(model)
      return configuration.tuned(searched, dataset)
    }
  }

  /// The same with a rate and decay that were searched.
  private func tuned(_ searched: Searched, _ dataset: InteractionDataset) -> Self {
    var configuration = self
    configuration.training.epochs = 60
    configuration.optimizer.learningRate = searched.rate
    configuration.optimizer.groups["embedding"] = .init(weightDecay: searched.tableDecay)
    guard dataset == .movieLens else { return configuration }
    // Epochs of 18 steps: two that do not rise are noise.
    configuration.training.epochs = 40
    configuration.training.patience = .epochs(6)
    configuration.optimizer.schedule = ScheduleChoice(PlateauDecay(factor: 0.1, patience: .epochs(2)))
    return configuration
  }

  private static func searched(_ network: String, _ dataset: InteractionDataset, _ method: MethodName)
    -> Searched?
  {
    let (bp, dfa, shallow): (Searched, Searched, Searched)
    switch (network, dataset) {
    case ("deepfm", .frappeLog):
      bp = Searched(rate: 1e-3, tableDecay: 0.05, dropout: 0.2)
      dfa = Searched(rate: 3e-3, tableDecay: 0.003, dropout: 0.4)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-6, start: .published)
    case ("deepfm", .movieLens):
      bp = Searched(rate: 3e-3, tableDecay: 0.01, dropout: 0.4)
      dfa = Searched(rate: 1e-3, tableDecay: 0.01, dropout: 0.2)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-6)
    case ("dcn", .frappeLog):
      bp = Searched(rate: 3e-3, tableDecay: 0.01, dropout: 0.2)
      dfa = Searched(rate: 3e-3, tableDecay: 0.003, dropout: 0.2)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-3, start: .published)
    case ("dcn", .movieLens):
      bp = Searched(rate: 3e-3, tableDecay: 0.01, dropout: 0.4)
      dfa = Searched(rate: 3e-3, tableDecay: 0.01, dropout: 0.2)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-3, start: .published)
    case ("afn", .frappeLog):
      // Not searched: BARS's for all.
      bp = Searched(rate: 1e-3, tableDecay: 1e-3, dropout: 0.4)
      (dfa, shallow) = (bp, bp)
    case ("afn", .movieLens):
      bp = Searched(rate: 3e-3, tableDecay: 1e-3, dropout: 0.4)
      dfa = Searched(rate: 3e-3, tableDecay: 1e-3, dropout: 0.2)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-6)
    default: return nil
    }
    return method == .shallow ? shallow : method.tuned(bp: bp, dfa: dfa)
  }
}
