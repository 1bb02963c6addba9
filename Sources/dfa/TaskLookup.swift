import DirectFeedback
import Foundation

/// Finds tasks by the names that users type.
enum TaskLookup {
  /// The task of a name.
  /// - Throws: `ConfigurationError` with the nearest name.
  static func task(named name: String) throws -> any TrainingTask.Type {
    let known = TaskCatalog.tasks.map { $0.name }
    guard let task = TaskCatalog.tasks.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("task", name, among: known)
    }
    return task
  }

  /// The only task with a preset of this name.
  /// - Throws: `ConfigurationError` with the nearest name, or when several tasks have such a preset.
  static func task(withPreset name: String) throws -> any TrainingTask.Type {
    let matches = TaskCatalog.tasks.filter { $0.presetNames.contains(name) }
    if matches.count == 1 { return matches[0] }
    if matches.count > 1 {
      throw ConfigurationError.value(
        key: "--preset",
        reason: "'\(name)' is a preset of \(matches.map { $0.name }.joined(separator: " and ")); add --task")
    }
    let known = TaskCatalog.tasks.flatMap { $0.presetNames }
    throw ConfigurationError.unknown("preset", name, among: known)
  }

  /// The task of a run.
  /// - Throws: `RunError` when there is no run, `ConfigurationError` when its task is unknown.
  static func task(of run: RunFolder) throws -> any TrainingTask.Type { try task(named: run.header().task) }
}

extension TrainingTask {
  /// The names of the presets.
  static var presetNames: [String] { presets.map(\.name) }
}
