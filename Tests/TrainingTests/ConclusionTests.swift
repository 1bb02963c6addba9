import FeedbackAlignment
import Foundation
import TestSupport
import Testing
import Training

@Suite("What a comparison allows to conclude") struct ConclusionTests {
  private func conclusion(
    _ methods: (String, [Double])..., metric: Metric = .accuracy, differences: Conclusion.Differences = [],
    failed: Set<String> = []
  ) -> String {
    Conclusion(
      metric: metric,
      methods: methods.map { title, values in
        Conclusion.Figures(
          title: title, values: Dictionary(uniqueKeysWithValues: zip(0..., values)),
          hasFailures: failed.contains(title))
      },
      differences: differences
    ).text
  }

  @Test("A difference beyond chance is told with its size and direction") func difference() {
    let text = conclusion(("BP", [0.80, 0.81, 0.79, 0.80]), ("DFA", [0.71, 0.72, 0.69, 0.72]))
    #expect(text.hasPrefix("By test accuracy over 4 seeds DFA is worse than BP by 9.0 points (p "))
    #expect(text.contains("the same settings"))
    let other = conclusion(("BP", [0.71, 0.72, 0.69, 0.72]), ("DFA", [0.80, 0.81, 0.79, 0.80]))
    #expect(other.contains("DFA is better than BP by 9.0 points (p "))
  }

  @Test("Of a loss less is better, in its own unit") func loss() {
    let text = conclusion(("BP", [2, 2.1, 2.2]), ("DFA", [1, 1.1, 1.21]), metric: .loss)
    #expect(text.contains("By test loss over 3 seeds DFA is better than BP by 0.9967 (p "))
  }

  @Test("Within chance nothing is claimed") func chance() {
    let text = conclusion(("BP", [0.70, 0.72, 0.69]), ("DFA", [0.72, 0.70, 0.71]))
    #expect(text.contains("no difference between DFA and BP can be claimed (p = 0."))
    #expect(!text.contains("is better") && !text.contains("is worse"))
  }

  @Test("More methods need a clearer difference each") func several() {
    // t = 3.5 of three degrees of freedom: p = 0.039.
    let (bp, dfa) = ([0.80, 0.80, 0.80, 0.80], [0.81, 0.82, 0.80, 0.83])
    let mean = (dfa.reduce(0, +) - bp.reduce(0, +)) / 4
    let shifted = dfa.map { $0 + 0.0225903 - mean }
    #expect(conclusion(("BP", bp), ("DFA", shifted)).contains("DFA is better than BP"))
    let third = conclusion(("BP", bp), ("DFA", shifted), ("FA", [0.8, 0.79, 0.81, 0.8]))
    #expect(third.contains("no difference between DFA and BP") && third.contains("level 5 % in all"))
  }

  @Test("One seed allows no claim, and its figures are told") func oneSeed() {
    let text = conclusion(("BP", [0.85]), ("DFA", [0.842]), ("Shallow", [0.7]))
    #expect(
      text.hasPrefix(
        "One seed allows no claim about the test accuracy (BP 85.0 %, DFA 84.2 %, Shallow 70.0 %)"))
  }

  @Test("Unlike settings and sizes are told") func unlike() {
    let text = conclusion(("BP", [0.85, 0.86]), ("DFA", [0.84, 0.85]), differences: [.settings, .sizes])
    #expect(text.contains("unlike settings and numbers of parameters") && !text.contains("same settings"))
    #expect(
      conclusion(("BP", [0.1]), ("DFA", [0.2]), differences: .settings).contains("unlike settings, which"))
  }

  @Test("Of a method that failed with a seed nothing is claimed") func failures() {
    let text = conclusion(("BP", [0.80, 0.81, 0.80]), ("DFA", [0.2, 0.21]), failed: ["DFA"])
    #expect(text.contains("nothing is claimed of DFA") && !text.contains("worse"))
    #expect(conclusion().contains("nothing to conclude"))
    #expect(conclusion(("DFA", [0.5, 0.6])).hasPrefix("One method alone was trained"))
  }

  @Test("A comparison tells in which settings its methods differ, and that they do not where they do not")
  func settings() throws {
    let same = try Comparison(Experiment<ToyTask>(), methods: [.bp, .dfa], seeds: [3, 8])
    #expect(same.settings.isEmpty && same.settingsTable == nil)
    #expect(same.conclusion(.accuracy).contains("the same settings"))
    let tuned = try Comparison(Experiment<ToyTask>(preset: "tuned"), methods: [.bp, .dfa], seeds: [3, 8])
    let dropout = try #require(tuned.settings.first { $0.key == "dropout" })
    #expect(dropout.values["bp"] == "0.5" && dropout.values["dfa"] != "0.5")
    #expect(tuned.conclusion(.accuracy).contains("unlike settings"))
    let table = try #require(tuned.settingsTable)
    #expect(table.columns.map(\.title) == ["setting", "BP", "DFA"])
    #expect(
      tuned.text(.accuracy, \.plain).contains("dropout")
        && tuned.text(.accuracy, \.plain).contains("parameters"))
  }

  @Test("Keys that one configuration lacks differ too") func missing() throws {
    let found = try [DifferingSetting]([
      ("a", ["same": 1, "other": 2, "only": 3]), ("b", ["same": 1, "other": 5]),
    ])
    #expect(Set(found.map(\.key)) == ["other", "only"])
    #expect(found.first { $0.key == "only" }?.values == ["a": "3"])
    #expect(found.first { $0.key == "other" }?.values == ["a": "2", "b": "5"])
  }

  @Test("Metrics have names for people, in percent where they are fractions") func names() throws {
    func label(_ name: String, _ metrics: Metric...) -> String { RecordedMetric(name, of: metrics).label }
    #expect(label("validationAccuracy", .accuracy) == "validation accuracy (%)")
    #expect(
      label("trainLoss", .accuracy) == "training loss"
        && label("trainAccuracy", .accuracy) == "training accuracy (%)")
    #expect(label("testAUC", .areaUnderCurve) == "test AUC (%)")
    #expect(label("validationAP", .averagePrecision) == "validation average precision (%)")
    #expect(label("alignment/hidden1", .accuracy) == "alignment of hidden1")
    #expect(
      label("validationSkippedImages", Metric("skippedImages", higherIsBetter: false))
        == "validation skipped images")
    #expect(label("somethingElse") == "something else")
    let comparison = try Comparison(Experiment<ToyTask>(), methods: [.bp, .dfa], seeds: [3, 8])
    let chart = comparison.chart("validationAccuracy")
    #expect(chart.yLabel == "validation accuracy (%)" && chart.title == "debug: validation accuracy")
    let best = chart.series.flatMap(\.y).max() ?? 0
    #expect(best > 1 && best <= 100)
    #expect(
      chart.note?.contains("2 seeds") == true
        && comparison.alignmentChart?.note?.contains("over rows") == true)
    #expect(comparison.chart("trainLoss").yLabel == "training loss")
  }
}
