import FeedbackAlignment
import Foundation
import GraphLearning
import Testing
import Training

@Suite("Settings of BP in presets are those that its searches found") struct SearchedPresetsTests {
  private struct Search: Decodable {
    struct Trial: Decodable {
      let settings: [String: String]
      let mean: Double
    }
    let task: String
    let preset: String
    let method: String
    let seeds: [UInt64]
    let metric: String
    let trials: [Trial]
  }

  /// The searches in Results by preset.
  private static let searches: [String: [Search]] = {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let files = ["CPU-2026-11-26", "CPU-2026-11-27"].flatMap { name in
      let folder = root.appendingPathComponent("Results/\(name)/searches")
      return (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    }
    let found = files.sorted { $0.path < $1.path }.compactMap { file in
      try? JSONDecoder().decode(Search.self, from: Data(contentsOf: file))
    }
    return Dictionary(grouping: found, by: \.preset)
  }()

  @Test(
    "Every preset that was searched has the best settings of its searches, all by validation and over the same seeds"
  )
  func best() throws {
    #expect(Self.searches.count >= 10)
    for (preset, searches) in Self.searches {
      #expect(preset.hasSuffix("-published"))
      // Where the best were tried with more seeds, these decide.
      let most = searches.map(\.seeds.count).max() ?? 0
      let deciding = searches.filter { $0.seeds.count == most }
      #expect(Set(deciding.map(\.seeds)).count == 1, "\(preset)")
      #expect(searches.allSatisfy { $0.method == "bp" && $0.metric.hasPrefix("validation") })
      let best = try #require(deciding.compactMap(\.trials.first).max { $0.mean < $1.mean })
      let ours = String(preset.dropLast("-published".count))
      let settings = best.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      switch searches[0].task {
      case NodeClassificationTask.name:
        try check(NodeClassificationTask.self, ours, preset, settings)
      case GraphAutoencoderTask.name: try check(GraphAutoencoderTask.self, ours, preset, settings)
      default: Issue.record("\(preset) is of no task on graphs")
      }
    }
  }

  @Test("Presets that were not searched have the published settings for BP") func published() throws {
    for preset in NodeClassificationTask.presets.map(\.name) where preset.hasSuffix("-published") {
      guard Self.searches[preset] == nil else { continue }
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
