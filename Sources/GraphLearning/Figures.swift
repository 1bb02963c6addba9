import Reports
import Training

extension GraphLearning {
  /// The figures of the 2020 paper that this family reproduces.
  static let figures: [ActivationFigure] = [
    ActivationFigure(
      "figure2", title: "Hidden layer of GraphConv on Cora, by t-SNE",
      source: "Launay et al. 2020, figures 2 and A.2", task: NodeClassificationTask.self,
      preset: "gcn-cora-published",
      methods: [.shallow, .bp, .dfa], settings: .launay2020)
  ]
}
