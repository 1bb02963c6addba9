import FeedbackAlignment
import Networks
import Training

extension LanguageModeling {
  /// The table of the 2020 paper on language models: its cells are of WikiText-103, of which nobody gives us the training part, by the
  /// settings of its published code but for byte pairs learned from the text; and the same order on WikiText-2 by a small network.
  static let reproductions = [table5]

  private static let table5 = Reproduction(
    "table5", title: "Test perplexity of a token; the paper's are validation perplexities of WikiText-103",
    source: "Launay et al. 2020, table 5", rowTitle: "training", columnTitle: "placement and text",
    cells: columns.flatMap { column in
      placements.map { placement in
        ReproductionCell(
          row: column.title, column: "\(placement.title) WikiText-103", task: LanguageModelTask.self,
          preset: "transformer-wikitext-103-\(column.preset)", settings: [placement.setting],
          quantity: .test(.perplexity), paper: paper(column, placement.level))
      }
    }
      + placements.map { placement in
        ReproductionCell(
          row: "4 blocks of 64", column: "\(placement.title) WikiText-2", task: LanguageModelTask.self,
          preset: "transformer-wikitext-2-small", settings: [placement.setting],
          quantity: .test(.perplexity), paper: [:], methods: MethodName.launay2020)
      })

  private static let placements: [(title: String, level: FeedbackPoint.Level, setting: String)] = [
    ("macro", .block, "feedback.level=block"), ("micro", .layer, "feedback.level=layer"),
  ]

  private typealias Column = (title: String, preset: String, bp: Double?, macro: Double, micro: Double)

  private static let columns: [Column] = [
    ("Noam", "noam", 34.4, 95.0, 182), ("Noam with beta2 .999", "beta2", 29.8, .nan, .nan),
    ("Adam", "adam", nil, 77.1, 166), ("Adam with beta2 .999", "adam-beta2", nil, 55.0, 99.9),
    ("Adam with beta2 .999 and schedule", "schedule", nil, 52.0, 93.3),
  ]

  private static func paper(_ column: Column, _ level: FeedbackPoint.Level) -> [MethodName: Double] {
    let dfa = level == .block ? column.macro : column.micro
    var paper: [MethodName: Double] = dfa.isNaN ? [:] : [.dfa: dfa]
    paper[.bp] = column.bp
    if column.preset == "schedule" { paper[.shallow] = 428 }
    return paper
  }
}
