import ArgumentParser
import Basics
import DirectFeedback
import Foundation
import Reports

/// Trains with many settings and ranks them by the validation metric.
struct SearchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Try many settings of one method and rank them by the validation metric.",
    discussion: """
      Trains every combination of a grid, or as many as --trials of values drawn at random, over the seeds. Only \
      validation metrics are kept and shown; the last line is the command that tests the best settings with seeds that \
      the search has not seen. Each run is kept when it ends, a long one every half minute: the same command \
      resumes a search that was interrupted, and started several times at once shares the runs. A trial that fails, such as one \
      that diverges, is ranked last.

      EXAMPLES
        dfa search graph --preset gcn-cora --method dfa --seeds 3 --output searches/gcn \\
          --grid dropout=0,0.1,0.5 --grid optimizer.weightDecay=0,1e-4,5e-4
        dfa search image --method dfa --output searches/mlp --trials 20 \\
          --random optimizer.learningRate=1e-4..1e-1:log --random 'hidden=[800, 800],[400, 400]'
      """)

  @Argument(help: "The task; see \"dfa list tasks\".", completion: .tasks)
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method: MethodName = .dfa

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A key and the values to combine with those of other keys.", valueName: "key=v1,v2"))
  var grid: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A key and the numbers to draw from, uniform or with :log uniform in the logarithm; or values to choose from.",
      valueName: "key=low..high[:log]"))
  var random: [String] = []

  @Option(help: "For --random: how many combinations.")
  var trials: Int?

  @Option(help: "For --random: the seed of the draws. (default: 0)")
  var drawSeed: UInt64?

  @OptionGroup var seeds: SeedOptions

  @Option(
    help: ArgumentHelp(
      "The search's folder, for search.yaml, runs.jsonl, search.json and search.md.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard grid.isEmpty != random.isEmpty else { throw ValidationError("give either --grid or --random") }
    if random.isEmpty, trials != nil || drawSeed != nil {
      throw ValidationError("--trials and --draw-seed are for --random")
    }
    if !random.isEmpty, trials == nil { throw ValidationError("--random needs --trials") }
    try checkRange("--trials", trials, 1...SearchSpace.maximumTrialCount)
  }

  func run() throws { try run(families.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let experiment = try options.experiment(type)
    let space = try space()
    for axis in space.axes where options.assigns(axis.key) {
      throw ConfigurationError.value(key: axis.key, reason: "is searched, and set as well; leave one out")
    }
    let search = try Search(experiment, method: method, seeds: seeds.all, space: space)
    let folder = try ResultFolder(output.url)
    var found = try interruptible(advice(keptIn: output.path)) {
      try search.run(in: folder.url) { trial, seed in
        let settings = search.trials[trial - 1].map(\.assignment).joined(separator: " ")
        return [
          ProgressReporter(label: "trial \(trial) of \(search.trials.count) seed \(seed) \(settings)")
        ]
      } waiting: {
        Console.error("waits for the runs that another process is training in \(output.path)")
      }
    }
    found.compare = found.best.map { compareLine(preset: experiment.preset, $0) } ?? ""
    // Printed first: what cannot be written is not lost.
    if result.json { try Console.json(found) } else { Console.print(text(found, found.table.plain)) }
    try folder.write(json: found, to: "search.json")
    try folder.write(text(found, found.table.markdown), to: "search.md")
    if found.best == nil { throw SearchError.allFailed(reason: found.trials[0].failure ?? "") }
  }

  private func space() throws -> SearchSpace {
    guard let trials else { return .grid(try grid.map(SearchAxis.init(grid:))) }
    return .random(try random.map(SearchAxis.init(random:)), trials: trials, drawSeed: drawSeed ?? 0)
  }

  /// The command that tests settings with the seeds after the search's.
  private func compareLine(preset: String, _ trial: SearchResult.Trial) -> String {
    let settings = trial.settings.flatMap { ["--set", $0.assignment] }
    return shellLine(
      [CommandContext.current.name, "compare", task] + options.words(preset: preset) + settings
        + ["--methods", method.rawValue, "--seeds", "\(seeds.seeds)", "--seed", "\(seeds.next)"])
  }

  private func text(_ found: SearchResult, _ table: String) -> String {
    let failures = found.trials.compactMap { trial in
      trial.failure.map { "trial \(trial.trial) failed: \($0)\n" }
    }
    let best =
      found.compare.isEmpty ? [] : ["test the best settings, with other seeds:\n\n    \(found.compare)"]
    return ([table] + (failures.isEmpty ? [] : [failures.joined()]) + best).joined(separator: "\n")
  }
}
