import FeedbackAlignment
import Foundation
import Training

/// What is wrong with the presets of a family: each, for every method, must come back equal from annotated YAML and from JSON.
package func checkPresets(of family: TaskFamily) throws -> [String] {
  func check<Task: TrainingTask>(_ task: Task.Type) throws -> [String] {
    let folder = try TemporaryFolder()
    return try Task.presets.flatMap { preset in
      try Set(MethodName.allCases.map(preset.configuration)).flatMap { configuration in
        let file = try folder.file("c.yaml", holding: annotatedYAML(configuration))
        let read = try ConfigurationOverlay(file: file).applied(to: Task.Configuration())
        let json = try JSONEncoder().encode(configuration)
        let decoded = try JSONDecoder().decode(Task.Configuration.self, from: json)
        return (read == configuration ? [] : ["\(preset.name) is another from YAML"])
          + (decoded == configuration ? [] : ["\(preset.name) is another from JSON"])
      }
    }
  }
  return try family.tasks.flatMap { try check($0) }
}
