import GraphLearning
import TestSupport
import Testing

@Suite("Presets of graph learning in files") struct PresetTests {
  @Test("Every preset of every task, for every method, passes through annotated YAML and JSON") func files()
    throws
  {
    #expect(!GraphLearning.family.tasks.isEmpty)
    #expect(try checkPresets(of: GraphLearning.family) == [])
  }
}
