import FeedbackAlignment
import GraphLearning
import Testing
import Training

@Suite("Tables of the 2020 paper on graphs") struct ReproductionsTests {
  @Test("Every cell names a preset of its task, in the column's data set, and figures that can be")
  func presets() throws {
    #expect(GraphLearning.reproductions.map(\.name) == ["table3", "table4", "tableA2", "tableA4"])
    for reproduction in GraphLearning.reproductions {
      #expect(!reproduction.cells.isEmpty)
      for cell in reproduction.cells {
        #expect(cell.task.presetNames.contains(cell.preset), "\(reproduction.name): \(cell.preset)")
        #expect(cell.preset.hasSuffix("-" + cell.column.lowercased()))
        #expect(!cell.paper.isEmpty && cell.paper.values.allSatisfy { (0.1...1).contains($0) })
      }
      // Its constructor resolves every configuration.
      _ = try ReproductionTrainer(reproduction, seeds: [0])
    }
  }

  @Test("Both rows of table 4 are of the same runs, in the last epoch") func sharedRuns() throws {
    let cells = try #require(GraphLearning.reproductions.first { $0.name == "table4" }).cells
    #expect(cells.prefix(3).allSatisfy { $0.quantity.name == "testAUC" })
    #expect(cells.count == 6 && cells.suffix(3).allSatisfy { $0.quantity.name == "testAP" })
    for (area, precision) in zip(cells.prefix(3), cells.suffix(3)) {
      #expect(area.preset == precision.preset && area.settings == precision.settings)
      let configuration = try Experiment<GraphAutoencoderTask>(preset: area.preset).configuration(.dfa)
      #expect(configuration.training.selection == .last)
    }
  }
}

extension TrainingTask {
  fileprivate static var presetNames: [String] { presets.map(\.name) }
}
