import FeedbackAlignment

/// One place of a paper's table: what to train for it, and the paper's figure for each method.
public struct ReproductionCell: Sendable {
  /// The name of its row.
  public let row: String
  /// The name of its column.
  public let column: String
  /// What is trained.
  public let task: any TrainingTask.Type
  /// The name of the task's preset.
  public let preset: String
  /// `key=value` that override the preset.
  public let settings: [String]
  /// What the table shows of a run.
  public let quantity: ReproducedQuantity
  /// The paper's figure by method, in the unit of the quantity: 0.801 for 80.1 %. A figure that cannot be read is missing.
  public let paper: [MethodName: Double]
  /// What it is trained by, in the order of tables.
  public let methods: [MethodName]

  /// A cell; without `methods` it is trained by those that the paper has figures for.
  public init(
    row: String, column: String, task: any TrainingTask.Type, preset: String, settings: [String] = [],
    quantity: ReproducedQuantity, paper: [MethodName: Double], methods: [MethodName]? = nil
  ) {
    self.row = row
    self.column = column
    self.task = task
    self.preset = preset
    self.settings = settings
    self.quantity = quantity
    self.paper = paper
    self.methods = methods?.sorted() ?? paper.keys.sorted()
  }

  /// The same cell with more `key=value` overrides.
  func setting(_ assignments: [String]) -> ReproductionCell {
    ReproductionCell(
      row: row, column: column, task: task, preset: preset, settings: settings + assignments,
      quantity: quantity, paper: paper, methods: methods)
  }
}
