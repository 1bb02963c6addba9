import Datasets

/// Tasks that belong together, with what is reproduced and measured of them: everything from which the command learns of
/// them.
public struct TaskFamily: Sendable {
  /// The name, such as `graph-learning`.
  public let name: String
  /// What its tasks have in common, in one line.
  public let summary: String
  /// The tasks; their names differ from those of every other family.
  public let tasks: [any TrainingTask.Type]
  /// Tables of papers.
  public let reproductions: [Reproduction]
  /// Figures of papers that show activations.
  public let figures: [ActivationFigure]
  /// Networks whose steps are measured.
  public let benchmarks: [BenchmarkNetwork]
  /// Data sets of its own, beside those of `DatasetCatalog`.
  public let datasets: [Dataset]

  /// A family.
  public init(
    _ name: String, summary: String, tasks: [any TrainingTask.Type], reproductions: [Reproduction] = [],
    figures: [ActivationFigure] = [], benchmarks: [BenchmarkNetwork] = [], datasets: [Dataset] = []
  ) {
    self.name = name
    self.summary = summary
    self.tasks = tasks
    self.reproductions = reproductions
    self.figures = figures
    self.benchmarks = benchmarks
    self.datasets = datasets
  }
}
