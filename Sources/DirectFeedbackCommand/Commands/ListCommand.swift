import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Lists what the command knows.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List tasks, presets, methods or experiments, or the keys of a preset.",
    discussion: """
      EXAMPLES
        dfa list tasks
        dfa list presets
        dfa list experiments
        dfa list keys --preset gcn-cora --method dfa
      """)

  /// What can be listed.
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case tasks, presets, methods, experiments, keys
  }

  @Argument(
    help: ArgumentHelp(
      "tasks, presets, methods, experiments: tables and figures of the papers, or keys: the whole configuration of a preset, "
        + "as --config reads it."))
  var subject: Subject

  @Option(help: "For keys: the preset.", completion: .presets)
  var preset: String?

  @Option(help: "For keys: the task, where several have such a preset.", completion: .tasks)
  var task: String?

  @Option(
    help: "For keys: the method, where a preset is tuned for each. (default: dfa)", completion: .methods,
    transform: MethodName.init(parsing:))
  var method: MethodName = .dfa

  @OptionGroup var result: OutputOptions

  func validate() throws {
    if subject == .keys, preset == nil { throw ValidationError("--preset is needed to list keys") }
  }

  func run() throws {
    switch subject {
    case .tasks:
      try show(
        families.flatMap { family in
          family.tasks.map { ["task": $0.name, "family": family.name, "summary": $0.summary] }
        }, columns: ["task", "family"])
    case .presets:
      try show(families.tasks.flatMap { $0.presetRows }, columns: ["preset", "task"])
    case .methods:
      try show(MethodRegistry.shared.tableRows, columns: ["method", "title"]) { row in
        [row["summary"] ?? "", row["reference"] ?? ""]
      }
    case .experiments:
      try show(
        families.reproductions.map {
          [
            "experiment": $0.name, "title": $0.title, "source": $0.source,
            "rows": $0.rows.joined(separator: ", "), "columns": $0.columns.joined(separator: ", "),
          ]
        }
          + families.figures.map {
            [
              "experiment": $0.name, "title": $0.title, "source": $0.source, "rows": $0.preset,
              "columns": $0.methods.map(\.title).joined(separator: ", "),
            ]
          }, columns: ["experiment"]
      ) { row in
        ["title", "source", "rows", "columns"].compactMap { key in
          row[key].map { key == "title" ? $0 : "\(key): \($0)" }
        }
      }
    case .keys:
      let type = try task.map(families.task(named:)) ?? families.task(withPreset: preset ?? "")
      try keys(type)
    }
  }

  private func keys<Task: TrainingTask>(_ type: Task.Type) throws {
    let configuration = try Experiment<Task>(preset: preset).configuration(method)
    if result.json { return try Console.json(configuration) }
    Console.print(try annotatedYAML(configuration).trimmingSuffix(while: \.isNewline))
  }

  /// Prints rows: the columns of names, then paragraphs that are broken into lines of the terminal's width.
  private func show(
    _ rows: [[String: String]], columns: [String],
    paragraphs: ([String: String]) -> [String] = { [$0["summary"] ?? ""] }
  ) throws {
    if result.json { return try Console.json(["\(subject.rawValue)": rows]) }
    let widths = columns.map { column in rows.map { $0[column]?.count ?? 0 }.max() ?? 0 }
    let indent = widths.reduce(0) { $0 + $1 + 2 }
    let width = max(Console.width - indent, 40)
    for row in rows {
      let names = zip(columns, widths).map { column, width in
        (row[column] ?? "").padding(toLength: width + 2, withPad: " ", startingAt: 0)
      }
      let lines = paragraphs(row).flatMap { $0.lines(ofAtMost: width) }
      Console.print(names.joined() + lines.joined(separator: "\n" + String(repeating: " ", count: indent)))
    }
  }
}

extension TrainingTask {
  fileprivate static var presetRows: [[String: String]] {
    presets.map { ["preset": $0.name, "task": name, "summary": $0.summary] }
  }
}

extension MethodRegistry {
  /// Methods and, after a `+`, what can be added to any of them.
  fileprivate var tableRows: [[String: String]] {
    methods.map {
      ["method": $0.name.rawValue, "title": $0.title, "reference": $0.reference, "summary": $0.summary]
    }
      + wrappers.map {
        ["method": "+\($0.name)", "title": "+ \($0.title)", "reference": $0.reference, "summary": $0.summary]
      }
  }
}

extension String {
  /// The words in lines of so many characters, where they are not longer themselves.
  fileprivate func lines(ofAtMost width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var text = self
    while let last = text.last, predicate(last) { text.removeLast() }
    return text
  }
}
