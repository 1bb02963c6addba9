import FeedbackAlignment
import Foundation
import GraphLearning
import TestSupport
import Testing
import Training

@Suite("Presets of graph learning in files") struct PresetTests {
  @Test("Every preset of every task, for every method, passes through annotated YAML and JSON") func files()
    throws
  {
    for task in GraphLearning.family.tasks { try check(task) }
  }

  private func check<Task: TrainingTask>(_ task: Task.Type) throws {
    let folder = try TemporaryFolder()
    for preset in Task.presets {
      for configuration in Set(MethodName.allCases.map(preset.configuration)) {
        let file = try folder.file("c.yaml", holding: annotatedYAML(configuration))
        let read = try ConfigurationOverlay(file: file).applied(to: Task.Configuration())
        #expect(read == configuration, "\(preset.name)")
        let json = try JSONEncoder().encode(configuration)
        #expect(
          try JSONDecoder().decode(Task.Configuration.self, from: json) == configuration, "\(preset.name)")
      }
    }
  }
}
