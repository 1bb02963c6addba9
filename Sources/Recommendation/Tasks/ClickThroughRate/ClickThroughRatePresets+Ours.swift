import FeedbackAlignment
import Networks
import Training

/// Our settings: on the Frappe log and MovieLens-100k networks of 128 units a layer, of which a run takes a minute, with what a search of
/// eight settings for each method chose on the validation rows (`Results`; AFN on MovieLens-100k: of four; AFN by DFA on the Frappe log: of
/// more, none of which has its BP's accuracy, which FDFA has with BP's settings); elsewhere those of BARS.
/// The perceptron alone has DeepFM's; the factorization machine, DCN-V2 and AutoInt have BARS's.
extension ClickThroughRateConfiguration {
  /// What was searched.
  private struct Searched {
    let rate, tableDecay: Double
    var dropout: Double?
    var start = StartingWeights.bars
    var sharesFeedback = false
    var patience: (rate: Int, run: Int)?
  }

  static func ours(_ network: String, _ dataset: InteractionDataset, _ method: MethodName) -> Self {
    switch network {
    case "fm": bars(FactorizationMachine.Settings(), dataset)
    case "dcnv2": bars(DCNV2.Settings(), dataset)
    case "autoint": bars(AutoInt.Settings(), dataset)
    case "dcn":
      bars(DeepCross.Settings(), dataset).tuned(searched("dcn", dataset, method), dataset) {
        (model: inout DeepCross.Settings, searched) in
        (model.start, model.tower.hidden) = (searched.start, [128, 128, 128])
        model.tower.dropout = searched.dropout ?? model.tower.dropout
      }
    case "afn":
      bars(AFN.Settings(), dataset).tuned(searched("afn", dataset, method), dataset) {
        (model: inout AFN.Settings, searched) in
        (model.start, model.tower.hidden, model.neurons) = (searched.start, [128], 100)
        model.sharesFeedback = searched.sharesFeedback
        model.tower.dropout = searched.dropout ?? model.tower.dropout
      }
    default:
      bars(network == "tower" ? tower : DeepFM.Settings(), dataset)
        .tuned(searched("deepfm", dataset, method), dataset) { (model: inout DeepFM.Settings, searched) in
          (model.start, model.tower.hidden) = (searched.start, [128, 128, 128])
          model.tower.dropout = searched.dropout ?? model.tower.dropout
        }
    }
  }

  /// The same with what was searched; as it is where nothing was.
  private func tuned<Model: InteractionModelSettings>(
    _ searched: Searched?, _ dataset: InteractionDataset, _ change: (inout Model, Searched) -> Void
  ) -> Self {
    guard let searched, var model = model.settings as? Model else { return self }
    change(&model, searched)
    var configuration = self
    configuration.model = InteractionModelChoice(model)
    configuration.training.epochs = 60
    configuration.optimizer.learningRate = searched.rate
    configuration.optimizer.groups["embedding"] = .init(weightDecay: searched.tableDecay)
    // Epochs of 18 steps: two that do not rise are noise.
    if dataset == .movieLens { configuration.training.epochs = 40 }
    guard let patience = searched.patience ?? (dataset == .movieLens ? (2, 6) : nil) else {
      return configuration
    }
    configuration.training.patience = .epochs(patience.run)
    configuration.optimizer.schedule = ScheduleChoice(
      PlateauDecay(factor: 0.1, patience: .epochs(patience.rate)))
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
      bp = Searched(rate: 1e-3, tableDecay: 1e-3, dropout: 0.4)
      dfa = Searched(
        rate: 1e-3, tableDecay: 1e-3, dropout: 0.2, start: .published, sharesFeedback: true,
        patience: (3, 8))
      shallow = Searched(rate: 3e-3, tableDecay: 1e-3, start: .published)
    case ("afn", .movieLens):
      bp = Searched(rate: 3e-3, tableDecay: 1e-3, dropout: 0.4)
      dfa = Searched(rate: 3e-3, tableDecay: 1e-3, dropout: 0.2)
      shallow = Searched(rate: 3e-3, tableDecay: 1e-6)
    default: return nil
    }
    // Feedback that learns keeps up with backpropagation's settings.
    if network == "afn", method == .fdfa { return bp }
    return method == .shallow ? shallow : method.tuned(bp: bp, dfa: dfa)
  }
}
