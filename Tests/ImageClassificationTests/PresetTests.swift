import ImageClassification
import TestSupport
import Testing

@Suite("Presets of image classification in files") struct PresetTests {
  @Test("Every preset of every task, for every method, passes through annotated YAML and JSON") func files()
    throws
  {
    #expect(!ImageClassification.family.tasks.isEmpty)
    #expect(try checkPresets(of: ImageClassification.family) == [])
  }
}
