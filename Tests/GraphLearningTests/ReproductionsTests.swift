import FeedbackAlignment
import GraphLearning
import Testing
import Training

@Suite("Tables of the 2020 paper on graphs") struct ReproductionsTests {
  @Test("Every cell names a preset of its task, in the column's data set, and figures that can be")
  func presets() throws {
    let names = GraphLearning.family.reproductions.map(\.name)
    #expect(Set(names).count == names.count && names.contains("table3"))
    for reproduction in GraphLearning.family.reproductions {
      #expect(!reproduction.cells.isEmpty)
      // The command takes rows and columns as lists with commas.
      #expect((reproduction.rows + reproduction.columns).allSatisfy { !$0.contains(",") })
      for cell in reproduction.cells {
        #expect(cell.task.presetNames.contains(cell.preset), "\(reproduction.name): \(cell.preset)")
        #expect(cell.preset.contains("-" + cell.column.lowercased()))
        #expect(!cell.paper.isEmpty && cell.paper.values.allSatisfy { (0.1...1).contains($0) })
      }
      // Its constructor resolves every configuration.
      _ = try ReproductionTrainer(reproduction, seeds: [0])
    }
  }

  @Test("The rows of table 4 have both metrics of the same runs, in the last epoch") func links() throws {
    let cells = try #require(GraphLearning.family.reproductions.first { $0.name == "table4" }).cells
    let metrics = ["testAUC", "testAP", "testAUC", "testAP"].flatMap { [$0, $0, $0] }
    #expect(cells.map(\.quantity.name) == metrics)
    for start in [0, 6] {
      for (area, precision) in zip(cells[start..<start + 3], cells[start + 3..<start + 6]) {
        #expect(area.preset == precision.preset)
        let experiment = try Experiment<GraphAutoencoderTask>(preset: area.preset)
        #expect(try experiment.configuration(.dfa).training.selection == .last)
        for method in [MethodName.bp, .dfa] {
          #expect(try experiment.configuration(method).model.hidden == (start == 0 ? 128 : 32))
        }
      }
    }
  }
}
