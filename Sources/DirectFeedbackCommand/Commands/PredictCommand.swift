import ArgumentParser
import Basics
import DirectFeedback
import Foundation
import Reports

/// Tells how probable it is that raw rows are positive.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Predict the probability that rows are positive, with a run's network.",
    discussion: """
      Reads rows from standard input, in the format of those that the network was trained on, but without labels, and writes a \
      probability for each line, as soon as 4096 are there or the input ends. Values that were not there in training have the vector \
      of unseen values, and are counted. A line that gives no row gets an empty line, and is counted; the command then ends with code 65.

      A row's probability is that of evaluation to the bit, whatever rows are beside it.

      Of a file with labels: cut -f2- train.txt | dfa predict RUN > probabilities.txt

      EXAMPLES
        dfa predict runs/ctr-deepfm-criteo-bp-0 --weights best
        dfa predict runs/ctr-deepfm-criteo-bp-0 --labels --logits
      """)

  @OptionGroup var options: RunOptions

  @Flag(help: "Lines begin with, or have, their label, as those for training; it is passed over.")
  var labels = false

  @Flag(help: "Write logits instead of probabilities.")
  var logits = false

  func run() throws {
    let task = try families.task(of: options.folder)
    guard let task = task as? any InteractionTask.Type else {
      throw ConfigurationError.value(key: options.run, reason: "task '\(task.name)' is not of rows")
    }
    try predict(task)
  }

  private func predict<Task: InteractionTask>(_ task: Task.Type) throws {
    let task = try options.trainer(task).task
    let rows = try RowEncoder(
      task.data, reading: STDIN_FILENO, named: "standard input", hasLabels: labels)
    let predictions = InteractionPredictions(task, rows)
    while let lines = try predictions.next() {
      let isRead = Console.stream(lines.map { text($0.logit) }.joined(separator: "\n"))
      if !isRead { break }
    }
    report(rows)
    let faults = rows.faultCounts.values.reduce(0, +)
    guard faults == 0 else { throw LinesWithoutRow(count: faults) }
  }

  private func text(_ logit: Float?) -> String {
    logit.map { "\(logits ? $0 : 1 / (1 + exp(-$0)))" } ?? ""
  }

  private func report(_ rows: RowEncoder) {
    Console.error("\(rows.rowCount) rows")
    for (field, count) in zip(rows.fields, rows.unseen) where count > 0 {
      let share = NumberFormat.meanAndDeviation(Double(count) / Double(rows.rowCount), percent: true)
      Console.error("\(field.name): \(count) values (\(share) %) were not there in training")
    }
    for (fault, count) in rows.faultCounts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      Console.error("\(count) \(fault.title)")
    }
  }
}

/// Lines were no rows.
private struct LinesWithoutRow: ReportableError {
  let count: Int
  var exitCode: Int32 { ExitCode.data }
  var description: String { "\(count) lines gave no row; their lines of the output are empty" }
}
