import FeedbackAlignment
import Recommendation
import TestSupport
import Testing
import Training

@Suite("Settings of recommenders in presets are those that searches found, for each method its own")
struct SearchedClickPresetsTests {
  /// What was searched further than by `dfa search`, as the preset says.
  private static let further = ["afn-frappe-log dfa"]

  @Test("The best settings of each search change nothing in its preset") func best() throws {
    let searches = try RecordedSearch.all(in: "click-searches")
    #expect(searches.count == 18)
    for search in searches {
      let (method, best) = (
        try #require(MethodName(rawValue: search.method)), try #require(search.trials.first)
      )
      #expect(search.preset.hasSuffix("-bars") && search.metric == "validationAUC")
      #expect(best.mean == search.trials.map(\.mean).max())
      let ours = String(search.preset.dropLast("-bars".count))
      guard !Self.further.contains("\(ours) \(method)") else { continue }
      #expect(
        try configuration(ours, method, best.assignments) == configuration(ours, method), "\(ours) \(method)")
      // The test can fail: the worst settings are others.
      let worst = try #require(search.trials.last).assignments
      #expect(try configuration(ours, method, worst) != configuration(ours, method))
    }
  }

  private func configuration(_ preset: String, _ method: MethodName, _ assignments: [String] = []) throws
    -> ClickThroughRateConfiguration
  {
    try Experiment<ClickThroughRateTask>(preset: preset, assignments: assignments).configuration(method)
  }
}
