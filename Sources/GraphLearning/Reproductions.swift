import FeedbackAlignment
import Training

extension GraphLearning {
  /// The tables of the 2020 paper that this family reproduces.
  static let reproductions: [Reproduction] = [accuracy, links, alignment, shallow]

  /// The paper's figures for one network: accuracies on Cora, CiteSeer and PubMed.
  private struct Figures {
    let network: String
    /// What the names of its presets begin with.
    let preset: String
    let bp: [Double]
    let dfa: [Double]
    let shallow: [Double]
    /// On Cora.
    let alignment: Double
  }

  /// Tables 3, A.2 and A.4.
  private static let networks = [
    Figures(
      network: "ChebConv", preset: "cheb", bp: [0.792, 0.695, 0.795], dfa: [0.754, 0.676, 0.757],
      shallow: [0.233, 0.274, 0.376], alignment: 0.87),
    Figures(
      network: "GraphConv", preset: "gcn", bp: [0.801, 0.716, 0.788], dfa: [0.799, 0.694, 0.778],
      shallow: [0.370, 0.338, 0.448], alignment: 0.77),
    Figures(
      network: "SplineConv", preset: "spline", bp: [0.810, 0.700, 0.775], dfa: [0.777, 0.698, 0.772],
      shallow: [0.396, 0.301, 0.442], alignment: 0.56),
    Figures(
      network: "GATConv", preset: "gat", bp: [0.826, 0.720, 0.777], dfa: [0.806, 0.712, 0.771],
      shallow: [0.594, 0.498, 0.678], alignment: 0.63),
    Figures(
      network: "DNAConv", preset: "dna", bp: [0.846, 0.734, 0.872], dfa: [0.829, 0.708, 0.799],
      shallow: [0.302, 0.240, 0.422], alignment: 0.92),
  ]

  private static let accuracy = Reproduction(
    "table3", title: "Test accuracy of graph convolutions on citation networks",
    source: "Launay et al. 2020, table 3", rowTitle: "network", columnTitle: "data set",
    cells: networks.flatMap { network in
      cells(of: network) { [.bp: network.bp[$0], .dfa: network.dfa[$0]] }
        + cells(of: network, row: "\(network.network) published", presets: "-published") {
          [.bp: network.bp[$0], .dfa: network.dfa[$0]]
        }
    })

  private static let shallow = Reproduction(
    "tableA4", title: "Test accuracy of graph convolutions of which only the last layer is trained",
    source: "Launay et al. 2020, table A.4", rowTitle: "network", columnTitle: "data set",
    cells: networks.flatMap { network in
      cells(of: network, presets: "-published") { [.shallow: network.shallow[$0]] }
    })

  private static let alignment = Reproduction(
    "tableA2", title: "Alignment of graph convolutions with backpropagation on Cora after training",
    source: "Launay et al. 2020, table A.2", rowTitle: "network", columnTitle: "data set",
    cells: networks.map { network in
      ReproductionCell(
        row: network.network, column: "Cora", task: NodeClassificationTask.self,
        preset: "\(network.preset)-cora-published", quantity: .alignment, paper: [.dfa: network.alignment])
    })

  private static let links = Reproduction(
    "table4", title: "Test AUC and average precision of graph autoencoders on hidden links",
    source: "Launay et al. 2020, table 4", rowTitle: "network", columnTitle: "data set",
    cells: linkCells("GAE", presets: "") + linkCells("GAE published", presets: "-published"))

  /// Both metrics, of the same runs.
  private static func linkCells(_ network: String, presets suffix: String) -> [ReproductionCell] {
    [
      ("AUC", Metric.areaUnderCurve, [0.918, 0.886, 0.967], [0.900, 0.879, 0.945]),
      ("AP", .averagePrecision, [0.918, 0.895, 0.966], [0.900, 0.889, 0.945]),
    ].flatMap { title, metric, bp, dfa in
      zip(0..., CitationDataset.allCases).map { index, dataset in
        ReproductionCell(
          row: "\(network) \(title)", column: dataset.title, task: GraphAutoencoderTask.self,
          preset: "gae-\(dataset.rawValue)\(suffix)", quantity: .test(metric),
          paper: [.bp: bp[index], .dfa: dfa[index]])
      }
    }
  }

  /// - Parameter suffix: What the names of presets end with after the data set.
  private static func cells(
    of network: Figures, row: String? = nil, presets suffix: String = "", paper: (Int) -> [MethodName: Double]
  ) -> [ReproductionCell] {
    zip(0..., CitationDataset.allCases).map { index, dataset in
      ReproductionCell(
        row: row ?? network.network, column: dataset.title, task: NodeClassificationTask.self,
        preset: "\(network.preset)-\(dataset.rawValue)\(suffix)",
        quantity: .test(.accuracy), paper: paper(index))
    }
  }
}
