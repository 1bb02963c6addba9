import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Computes the metrics of a run's weights, or of weights that the authors of a paper published.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compute the metrics of a run's weights, or of published ones.",
    discussion: """
      Published weights (--checkpoint) are files of torch.save, of which nothing is executed: those of the 2020 paper's radiance fields. \
      They are evaluated on the scene of --preset, by its settings.

      EXAMPLES
        dfa evaluate runs/image-mlp-fashion-mnist-dfa-0
        dfa evaluate runs/image-mlp-fashion-mnist-dfa-0 --weights best --json
        dfa evaluate --checkpoint synth_lego_dfa.ckpt --set testViews=25
        dfa evaluate --checkpoint real_fern_dfa.ckpt --preset nerf-fern-published
      """)

  @Argument(help: ArgumentHelp("The folder of a run.", valueName: "run"), completion: .directory)
  var folder: String?

  @Option(help: "Which weights of the run: best (of the best epoch) or last.")
  var weights = RunWeights.last

  @Option(
    help: ArgumentHelp("A file of published weights, in place of a run.", valueName: "file"),
    completion: .file())
  var checkpoint: String?

  @OptionGroup var options: ExperimentOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard (folder == nil) != (checkpoint == nil) else {
      throw ValidationError("give the folder of a run, or --checkpoint FILE")
    }
    guard folder == nil || !options.areGiven else {
      throw ValidationError(
        "a run has its own configuration: give --preset, --config and --set with --checkpoint alone")
    }
  }

  func run() throws {
    if let folder {
      let folder = RunFolder(URL(fileURLWithPath: folder))
      return try evaluate(folder, families.task(of: folder))
    }
    let published = families.tasks.compactMap { $0 as? any PublishedTask.Type }
    let preset = options.preset
    guard let task = published.first(where: { preset.map($0.presetNames.contains) ?? true }) else {
      throw ConfigurationError.value(
        key: "--preset",
        reason: "'\(preset ?? "")' is of no task of which weights are published "
          + "(\(published.map { $0.name }.joined(separator: ", ")))")
    }
    try evaluate(published: task)
  }

  private func evaluate<Task: TrainingTask>(_ run: RunFolder, _ type: Task.Type) throws {
    let trainer = try run.trainer(
      type, weights: weights, device: options.machine.selectedDevice(), datasets: options.machine.datasets)
    try show(trainer, of: folder ?? run.url.path, weights.rawValue)
  }

  private func evaluate<Task: PublishedTask>(published type: Task.Type) throws {
    guard let checkpoint else { return }
    var options = options
    options.preset = options.preset ?? Task.publishedPreset
    let trainer = try options.experiment(type).trainer(.dfa, seed: 0)
    try trainer.task.loadPublished(URL(fileURLWithPath: checkpoint))
    try show(trainer, of: checkpoint, "published")
  }

  private func show(_ trainer: Trainer<some TrainingTask>, of run: String, _ weights: String) throws {
    let metrics = try Split.allCases.reduce(into: [:]) { metrics, split in
      metrics.merge(try trainer.evaluate(split)) { $1 }
    }
    if result.json {
      return try Console.json(Result(run: run, weights: weights, metrics: metrics))
    }
    for (name, value) in metrics.sorted(by: { $0.key < $1.key }) {
      Console.print("\(name) \(NumberFormat.general(value))")
    }
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let metrics: [String: Double]
  }
}
