import FeedbackAlignment
import Recommendation
import Testing
import Training

@Suite("Tables of the 2020 paper on recommenders") struct RecommendationReproductionsTests {
  @Test("Every cell names a preset of the column's rows, and figures where it is the paper's") func presets()
    throws
  {
    let reproductions = Recommendation.family.reproductions
    #expect(reproductions.map(\.name) == ["table2", "tableA1", "tableA3"])
    for reproduction in reproductions {
      // The command takes rows and columns as lists with commas.
      #expect((reproduction.rows + reproduction.columns).allSatisfy { !$0.contains(",") })
      for cell in reproduction.cells {
        #expect(cell.task.presetNames.contains(cell.preset), "\(reproduction.name): \(cell.preset)")
        let column = cell.column.lowercased().replacing(" ", with: "-")
        #expect(cell.preset.contains("-" + column))
        #expect(cell.paper.isEmpty == (cell.column != "Criteo"))
        #expect(!cell.methods.isEmpty)
      }
      // Its constructor resolves every configuration.
      _ = try ReproductionTrainer(reproduction, seeds: [0])
    }
  }

  @Test("Area under the curve and log loss are of the same runs") func pairs() throws {
    let cells = try #require(Recommendation.family.reproductions.first { $0.name == "table2" }).cells
    for cell in cells where cell.row.hasSuffix("AUC") {
      let other = cells.first {
        $0.row == cell.row.replacing("AUC", with: "log loss") && $0.column == cell.column
      }
      #expect(
        other?.preset == cell.preset && other?.settings == cell.settings && other?.methods == cell.methods)
    }
  }
}
