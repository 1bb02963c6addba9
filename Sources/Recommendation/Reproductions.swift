import FeedbackAlignment
import Training

extension Recommendation {
  /// The tables of the 2020 paper that this family reproduces: on Criteo with the paper's figures and settings, and on rows that train
  /// in minutes, with ours. Criteo is the whole file where `criteo/train.txt` is it, and else a sample, which decides nothing.
  static let reproductions: [Reproduction] = [results, alignment, shallow]

  private struct Column {
    let title: String
    /// What follows the network in names of presets.
    let suffix: String
    /// Whether it is the paper's.
    let isPaper: Bool
  }

  private static let columns = [
    Column(title: "Criteo", suffix: "criteo-published", isPaper: true),
    Column(title: "Frappe log", suffix: "frappe-log", isPaper: false),
    Column(title: "MovieLens-100k", suffix: "movielens-100k", isPaper: false),
  ]

  private static let quantities: [(title: String, metric: Metric)] = [
    ("AUC", .areaUnderCurve), ("log loss", .logLoss),
  ]

  /// A network of the paper, with its figures: AUC, then log loss.
  private struct Network {
    let title, preset: String
    let bp, dfa, shallow: [Double]
  }

  private static let machine = Network(
    title: "FM", preset: "fm", bp: [0.7915, 0.4687], dfa: [], shallow: [])
  private static let networks = [
    Network(
      title: "DeepFM", preset: "deepfm", bp: [0.7954, 0.4610], dfa: [0.7956, 0.4624],
      shallow: [0.7920, 0.4682]),
    Network(
      title: "Deep & Cross", preset: "dcn", bp: [0.8104, 0.4414], dfa: [0.8009, 0.4502],
      shallow: [0.7324, 0.5010]),
    Network(
      title: "AFN", preset: "afn", bp: [0.7933, 0.4630], dfa: [0.7924, 0.4621], shallow: [0.7859, 0.4685]),
  ]

  /// A network that the paper does not report, or has otherwise.
  private struct Variant {
    let title, preset: String
    let methods: [MethodName]
    let settings: [String]

    init(_ title: String, _ preset: String, _ methods: [MethodName], _ settings: [String] = []) {
      (self.title, self.preset, self.methods, self.settings) = (title, preset, methods, settings)
    }
  }

  /// AFN by feedback that learns; and where feedback comes in: as above, at the ends of blocks alone, and at the embedded row too, as in
  /// the paper's Deep & Cross, by matrices that are fixed and that learn.
  private static let variants =
    [
      Variant("perceptron alone", "tower", [.bp, .dfa, .shallow]), Variant("AFN by FDFA", "afn", [.fdfa]),
      Variant("AFN by FDFA macro", "afn", [.fdfa], ["feedback.level=block"]),
    ]
    + [
      ("DeepFM", "deepfm", "deepfm"), ("perceptron alone", "tower", "deepfm"),
      ("Deep & Cross", "dcn", "dcn"), ("AFN", "afn", "afn"),
    ].flatMap { title, preset, model in
      [
        Variant("\(title) macro", preset, [.dfa], ["feedback.level=block"]),
        Variant(
          "\(title) with a point at the embedding", preset, [.dfa, .dkp, .fdfa],
          ["model.\(model).embedding.end=point"]),
      ]
    }

  private static let results = Reproduction(
    "table2", title: "Test AUC and log loss of recommenders", source: "Launay et al. 2020, table 2",
    rowTitle: "network", columnTitle: "data set",
    cells: ([machine] + networks).flatMap { network in
      cells(network) { index in
        var paper = [MethodName.bp: network.bp[index]]
        if !network.dfa.isEmpty { paper[.dfa] = network.dfa[index] }
        return paper
      }
    }
      + variants.flatMap { variant in
        quantities.flatMap { quantity in
          columns.filter { !$0.isPaper }.map { column in
            ReproductionCell(
              row: "\(variant.title): \(quantity.title)", column: column.title,
              task: ClickThroughRateTask.self,
              preset: "\(variant.preset)-\(column.suffix)", settings: variant.settings,
              quantity: .test(quantity.metric), paper: [:], methods: variant.methods)
          }
        }
      })

  private static let shallow = Reproduction(
    "tableA3", title: "Test AUC and log loss of recommenders of which only the last layer is trained",
    source: "Launay et al. 2020, table A.3", rowTitle: "network", columnTitle: "data set",
    cells: networks.flatMap { network in cells(network) { [.shallow: network.shallow[$0]] } })

  private static func cells(_ network: Network, paper: (Int) -> [MethodName: Double]) -> [ReproductionCell] {
    zip(0..., quantities).flatMap { index, quantity in
      let paper = paper(index)
      return columns.map { column in
        ReproductionCell(
          row: "\(network.title): \(quantity.title)", column: column.title, task: ClickThroughRateTask.self,
          preset: "\(network.preset)-\(column.suffix)", quantity: .test(quantity.metric),
          paper: column.isPaper ? paper : [:], methods: paper.keys.sorted())
      }
    }
  }

  /// The paper has one figure a network, of a point that it does not name; of each point ours are the mean over rows and, beside it, the
  /// deviation over rows.
  private static let alignment = Reproduction(
    "tableA1",
    title: "Alignment of recommenders with backpropagation after training, and its deviation over rows",
    source: "Launay et al. 2020, table A.1", rowTitle: "point", columnTitle: "data set",
    cells: [
      ("Deep & Cross", "dcn", ["cross1", "cross2", "tower/hidden1", "tower/hidden2", "both"], [0.40, 0.91]),
      ("AFN", "afn", ["logarithmic", "tower/hidden1"], [0.49, 0.08]),
    ].flatMap { title, preset, points, paper in
      points.flatMap { point in
        [
          ("\(title) \(point)", ReproducedQuantity.alignmentAt(point), paper[0]),
          ("\(title) \(point) (deviation)", .alignmentDeviationAt(point), paper[1]),
        ].flatMap { row, quantity, figure in
          columns.map { column in
            ReproductionCell(
              row: row, column: column.title, task: ClickThroughRateTask.self,
              preset: "\(preset)-\(column.suffix)", quantity: quantity,
              paper: column.isPaper ? [.dfa: figure] : [:], methods: [.dfa])
          }
        }
      }
    })
}
