import FeedbackAlignment
import GraphLearning
import TestSupport
import Testing
import Training

@Suite("Settings of BP in presets are those that its searches found") struct SearchedPresetsTests {
  /// The searches in Results by preset.
  private let searches: [String: [RecordedSearch]]

  init() throws {
    searches = Dictionary(grouping: try RecordedSearch.all(in: "searches"), by: \.preset)
  }

  @Test(
    "Every preset that was searched has the best settings of its searches, all by validation and over the same seeds"
  )
  func best() throws {
    #expect(searches.count >= 10)
    for (preset, searches) in searches {
      #expect(preset.hasSuffix("-published"))
      // Where the best were tried with more seeds, these decide.
      let most = searches.map(\.seeds.count).max() ?? 0
      let deciding = searches.filter { $0.seeds.count == most }
      #expect(Set(deciding.map(\.seeds)).count == 1, "\(preset)")
      #expect(searches.allSatisfy { $0.method == "bp" && $0.metric.hasPrefix("validation") })
      let best = try #require(deciding.compactMap(\.trials.first).max { $0.mean < $1.mean })
      let ours = String(preset.dropLast("-published".count))
      switch searches[0].task {
      case NodeClassificationTask.name:
        try check(NodeClassificationTask.self, ours, preset, best.assignments)
      case GraphAutoencoderTask.name: try check(GraphAutoencoderTask.self, ours, preset, best.assignments)
      default: Issue.record("\(preset) is of no task on graphs")
      }
    }
  }

  @Test("Presets that were not searched have the published settings for BP") func published() throws {
    for preset in NodeClassificationTask.presets.map(\.name) where preset.hasSuffix("-published") {
      guard searches[preset] == nil else { continue }
      try check(NodeClassificationTask.self, String(preset.dropLast("-published".count)), preset, [])
    }
  }

  private func check<Task: TrainingTask>(
    _ task: Task.Type, _ ours: String, _ published: String, _ settings: [String]
  ) throws where Task.Configuration: Equatable {
    let found = try Experiment<Task>(preset: published, assignments: settings).configuration(.bp)
    #expect(try Experiment<Task>(preset: ours).configuration(.bp) == found, "\(ours) \(settings)")
  }
}
