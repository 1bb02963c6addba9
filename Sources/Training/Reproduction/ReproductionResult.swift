import Basics
import FeedbackAlignment
import Reports

/// A paper's table with this package's figures beside the paper's.
public struct ReproductionResult: Encodable, Sendable {
  /// One place of the table.
  public struct Cell: Sendable {
    /// The name of its row.
    public let row: String
    /// The name of its column.
    public let column: String
    /// The name of the task.
    public let task: String
    /// The name of the preset.
    public let preset: String
    /// What is shown.
    public let quantity: ReproducedQuantity
    /// The paper's figures.
    public let paper: [MethodName: Double]
    /// What it is trained by.
    public let methods: [MethodName]
    /// Ours over seeds; a method without a run is missing.
    public let reached: [MethodName: Statistics]
    /// Why runs failed, by method and seed.
    public let failures: [MethodName: [UInt64: String]]

    /// The methods whose mean is more than two of our standard deviations over seeds from the paper's figure.
    /// Papers give no deviation over seeds. Fewer than two seeds have none either.
    public var differing: [MethodName] {
      paper.keys.sorted().filter { method in
        guard let ours = reached[method], let theirs = paper[method], ours.values.count > 1 else {
          return false
        }
        return abs(ours.mean - theirs) > 2 * ours.std
      }
    }
  }

  /// The name of the table.
  public let table: String
  /// What it shows.
  public let title: String
  /// Where it is from.
  public let source: String
  /// Whether it is a quick look, whose figures say nothing about the paper's.
  public let isQuick: Bool
  /// The cells.
  public let cells: [Cell]
  private let rowTitle: String
  private let columnTitle: String
  private let isCurve: Bool

  init(_ reproduction: Reproduction, isQuick: Bool, cells: [Cell]) {
    table = reproduction.name
    title = reproduction.title
    source = reproduction.source
    rowTitle = reproduction.rowTitle
    columnTitle = reproduction.columnTitle
    isCurve = reproduction.isCurve
    self.isQuick = isQuick
    self.cells = cells
  }

  private enum CodingKeys: String, CodingKey {
    case table, title, source, cells
    case isQuick = "quick"
  }
}

extension ReproductionResult.Cell: Encodable {
  init(_ cell: ReproductionCell, _ runs: [MethodName: [RunEntry]]) {
    row = cell.row
    column = cell.column
    task = cell.task.name
    preset = cell.preset
    quantity = cell.quantity
    paper = cell.paper
    methods = cell.methods
    reached = runs.compactMapValues { runs in
      let values = runs.compactMap(cell.quantity.value)
      return values.isEmpty ? nil : Statistics(values)
    }
    failures = runs.compactMapValues { runs in
      let failed = runs.compactMap { run in run.failure.map { (run.key.seed, $0) } }
      return failed.isEmpty ? nil : Dictionary(failed) { first, _ in first }
    }
  }

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
  }

  /// Writes a key for each method beside the others.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(row, forKey: Key("row"))
    try container.encode(column, forKey: Key("column"))
    try container.encode(task, forKey: Key("task"))
    try container.encode(preset, forKey: Key("preset"))
    try container.encode(quantity.name, forKey: Key("metric"))
    try container.encode(named(paper), forKey: Key("paper"))
    for (method, statistics) in reached { try container.encode(statistics, forKey: Key(method.rawValue)) }
    try container.encode(differing, forKey: Key("differs"))
    if !failures.isEmpty {
      let reasons = failures.mapValues { failed in
        failed.sorted { $0.key < $1.key }.map { "seed \($0.key): \($0.value)" }
      }
      try container.encode(named(reasons), forKey: Key("failures"))
    }
  }

  private func named<Value>(_ values: [MethodName: Value]) -> [String: Value] {
    Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) })
  }
}

extension ReproductionResult {
  /// The title, the source and, for a quick look, what its figures are worth.
  public var heading: String {
    let line = "\(title) (\(source))"
    return isQuick ? "QUICK LOOK, \(ReproductionTrainer.quickEpochs) epochs at most: \(line)" : line
  }

  /// What the mark in the table means.
  public var legend: String {
    "* more than two standard deviations (ours, over seeds) from the paper's figure"
  }

  /// A row for each cell: the paper's figure and ours for each method.
  public var comparison: Table {
    let methods = cells.methods
    return Table(
      columns: [TableColumn(rowTitle), TableColumn(columnTitle), TableColumn("metric")]
        + methods.flatMap {
          [TableColumn("\($0.title), paper", .right), TableColumn("\($0.title), ours", .right)]
        }
        + [TableColumn("seeds", .right)],
      rows: cells.map { cell in
        let figures = methods.flatMap { [cell.theirs($0), cell.ours($0)] }
        let seeds = cell.reached.values.map(\.values.count).max() ?? 0
        return [cell.row, cell.column, cell.quantity.title] + figures + ["\(seeds)"]
      })
  }
}

extension ReproductionResult {
  /// A chart for each column, when rows are numbers: our mean over seeds with its deviation, and the paper's figure, by
  /// method.
  public var charts: [LineChart] {
    guard isCurve else { return [] }
    return Dictionary(grouping: cells, by: \.column).sorted { $0.key < $1.key }.map { column, cells in
      let points = cells.compactMap { cell in Double(cell.row).map { (place: $0, cell: cell) } }
        .sorted { $0.place < $1.place }
      let isFraction = cells.contains { $0.quantity.isFraction }
      let unit = isFraction ? 100.0 : 1
      func series(_ name: String, _ value: (Cell) -> Statistics?) -> Series? {
        let known = points.compactMap { point in value(point.cell).map { (point.place, $0) } }
        guard !known.isEmpty else { return nil }
        let isSpread = known.contains { $0.1.values.count > 1 }
        return Series(
          name: name, x: known.map(\.0), y: known.map { unit * $0.1.mean },
          band: isSpread ? known.map { unit * $0.1.std } : nil)
      }
      return LineChart(
        title: column, xLabel: rowTitle, yLabel: column + (isFraction ? " (%)" : ""),
        series: cells.methods.flatMap { method in
          [
            series("\(method.title), ours") { $0.reached[method] },
            series("\(method.title), paper") { $0.paper[method].map { Statistics([$0]) } },
          ].compactMap(\.self)
        },
        note:
          "Ours: the mean over seeds. Bands, where there is more than one seed: one standard deviation to either side."
      )
    }
  }
}

extension [ReproductionResult.Cell] {
  /// All methods of these cells, in the order of tables.
  fileprivate var methods: [MethodName] { Set(flatMap(\.methods)).sorted() }
}

extension ReproductionResult.Cell {
  fileprivate func theirs(_ method: MethodName) -> String {
    paper[method].map { NumberFormat.meanAndDeviation($0, percent: quantity.isFraction) } ?? "–"
  }

  fileprivate func ours(_ method: MethodName) -> String {
    let failed = failures[method].map { " (\($0.count) failed)" } ?? ""
    guard let ours = reached[method] else { return failed.isEmpty ? "–" : "failed" }
    let deviation = ours.values.count > 1 ? ours.std : nil
    let text = NumberFormat.meanAndDeviation(ours.mean, deviation, percent: quantity.isFraction)
    return text + failed + (differing.contains(method) ? " *" : "")
  }
}
