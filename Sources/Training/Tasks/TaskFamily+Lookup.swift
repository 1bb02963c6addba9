import Datasets

/// What several families have, found by the names that users type.
extension [TaskFamily] {
  /// The tasks of all.
  public var tasks: [any TrainingTask.Type] { flatMap(\.tasks) }
  /// The tables of all.
  public var reproductions: [Reproduction] { flatMap(\.reproductions) }
  /// The figures of all.
  public var figures: [ActivationFigure] { flatMap(\.figures) }
  /// The benchmark networks of all.
  public var benchmarks: [BenchmarkNetwork] { flatMap(\.benchmarks) }
  /// The data sets of `DatasetCatalog`, and those of all families.
  public var datasets: [Dataset] { DatasetCatalog.all + flatMap(\.datasets) }

  /// The task of a name.
  /// - Throws: ``ConfigurationError`` with the nearest name.
  public func task(named name: String) throws -> any TrainingTask.Type {
    guard let task = tasks.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown("task", name, among: tasks.map { $0.name })
    }
    return task
  }

  /// The only task with a preset of this name.
  /// - Throws: ``ConfigurationError`` with the nearest name, or when several tasks have such a preset.
  public func task(withPreset name: String) throws -> any TrainingTask.Type {
    let matches = tasks.filter { $0.presetNames.contains(name) }
    if matches.count == 1 { return matches[0] }
    if matches.count > 1 {
      throw ConfigurationError.value(
        key: "--preset",
        reason: "'\(name)' is a preset of \(matches.map { $0.name }.joined(separator: " and ")); add --task")
    }
    throw ConfigurationError.unknown("preset", name, among: tasks.flatMap { $0.presetNames })
  }

  /// The task of a run.
  /// - Throws: ``RunError`` when there is no run, ``ConfigurationError`` when its task is unknown.
  public func task(of run: RunFolder) throws -> any TrainingTask.Type { try task(named: run.header().task) }

  /// The figure of a name; nil where none has it.
  public func figure(named name: String) -> ActivationFigure? { figures.first { $0.name == name } }

  /// The table of a name.
  /// - Throws: ``ConfigurationError`` with the nearest name of a table or figure.
  public func reproduction(named name: String) throws -> Reproduction {
    guard let reproduction = reproductions.first(where: { $0.name == name }) else {
      throw ConfigurationError.unknown(
        "experiment", name, among: reproductions.map(\.name) + figures.map(\.name))
    }
    return reproduction
  }

  /// The data set of a name.
  /// - Throws: `DataError.unknownDataset` with the nearest name.
  public func dataset(named name: String) throws -> Dataset {
    try DatasetCatalog.dataset(named: name, among: datasets)
  }

  /// A name that two families give to tasks, experiments, benchmark networks or data sets; nil where each is given once.
  package var repeatedName: (kind: String, name: String)? {
    let names = [
      ("tasks", tasks.map { $0.name }), ("experiments", reproductions.map(\.name) + figures.map(\.name)),
      ("benchmark networks", benchmarks.map(\.name)), ("data sets", datasets.map(\.name)),
    ]
    for (kind, names) in names {
      var known: Set<String> = []
      if let name = names.first(where: { !known.insert($0).inserted }) { return (kind, name) }
    }
    return nil
  }
}

extension TrainingTask {
  /// The names of the presets.
  package static var presetNames: [String] { presets.map(\.name) }
}
