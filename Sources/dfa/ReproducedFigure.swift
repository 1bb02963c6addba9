import DirectFeedback
import Foundation

/// Trains what a figure of a paper shows, each run into a folder of its own, and draws it.
struct ReproducedFigure {
  /// How often points are moved in a quick look.
  static let quickIterations = 50

  private let figure: ActivationFigure
  private let isQuick: Bool
  private let machine: MachineOptions

  /// - Parameters:
  ///   - figure: The figure.
  ///   - isQuick: Whether a few epochs and iterations will do, to see that everything works.
  ///   - machine: Where it runs.
  init(_ figure: ActivationFigure, isQuick: Bool, _ machine: MachineOptions) {
    (self.figure, self.isQuick, self.machine) = (figure, isQuick, machine)
  }

  /// The name of the figure's files: `figure2`, and `figure2-quick` for a quick look.
  private var fileName: String { figure.name + (isQuick ? "-quick" : "") }

  /// The title, the source and, for a quick look, what the figure is worth.
  private var heading: String {
    let line = "\(figure.title) (\(figure.source))"
    guard isQuick else { return line }
    let limits = "\(ReproductionTrainer.quickEpochs) epochs and \(Self.quickIterations) iterations at most"
    return "QUICK LOOK, \(limits): \(line)"
  }

  /// Trains the runs that the folder does not have finished, embeds all, and writes the figure's files.
  ///
  /// Runs are in `<folder>/<fileName>/<preset>-<method>-0`.
  /// - Returns: What to print as text, and as JSON.
  func make(in folder: ResultFolder) throws -> (text: String, result: Result) {
    let runs = folder.url.appendingPathComponent(fileName)
    let folders = try figure.methods.map { try train(figure.task, $0, in: runs) }
    var settings = figure.settings
    if isQuick { settings.iterations = min(settings.iterations, Self.quickIterations) }
    let embedded = try folders.map { try EmbeddedRun($0, at: nil, weights: .best, machine, settings) }
    let drawn = EmbeddingFigure(title: heading, runs: embedded, settings: settings)
    let result = Result(
      figure: figure.name, title: figure.title, source: figure.source, quick: isQuick, panels: drawn.runs,
      files: try drawn.write(to: folder.url, named: fileName, plotly: machine.plotly))
    try folder.write(Console.jsonText(result), to: "\(fileName).json")
    try folder.write("\(heading)\n\n\(drawn.table.markdown)", to: "\(fileName).md")
    return ("\(heading)\n\n\(drawn.table.plain)", result)
  }

  /// What the figure's JSON holds.
  struct Result: Encodable {
    let figure: String
    let title: String
    let source: String
    let quick: Bool
    let panels: [EmbeddedRun]
    let files: [String: String]
  }

  private func train<Task: EmbeddableTask>(
    _ task: Task.Type, _ method: MethodName, in runs: URL
  ) throws -> RunFolder {
    var experiment = try Experiment(
      task, preset: figure.preset, device: machine.selectedDevice(), datasets: machine.datasets)
    if isQuick { experiment = experiment.quickLook }
    let folder = RunFolder(runs.appendingPathComponent("\(figure.preset)-\(method.rawValue)-0"))
    let training = try FolderTraining(
      experiment, method: method, seed: 0, in: folder, resumes: true, machine)
    if try !training.isFinished { _ = try training.train() }
    return folder
  }
}
