import FeedbackAlignment
import Networks
import Training

extension ClickThroughRateConfiguration {
  /// Our settings: those of BARS.
  static func ours(_ network: String, _ dataset: InteractionDataset, _ method: MethodName) -> Self {
    switch network {
    case "fm": bars(FactorizationMachine.Settings(), dataset)
    case "tower": bars(tower, dataset)
    case "dcn": bars(DeepCross.Settings(), dataset)
    case "dcnv2": bars(DCNV2.Settings(), dataset)
    case "afn": bars(AFN.Settings(), dataset)
    case "autoint": bars(AutoInt.Settings(), dataset)
    default: bars(DeepFM.Settings(), dataset)
    }
  }
}
