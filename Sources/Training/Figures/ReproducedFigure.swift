import Basics
import Datasets
import FeedbackAlignment
import Foundation
import Reports
import Torch

/// Trains what a figure of a paper shows, each run into a folder of its own, and draws it.
public struct ReproducedFigure {
  /// How often points are moved in a quick look.
  static let quickIterations = 50

  private let figure: ActivationFigure
  private let isQuick: Bool
  private let device: Device
  private let datasets: DatasetStore

  /// - Parameters:
  ///   - figure: The figure.
  ///   - isQuick: Whether a few epochs and iterations will do, to see that everything works.
  ///   - device: Where it runs.
  ///   - datasets: Where data sets are.
  public init(
    _ figure: ActivationFigure, isQuick: Bool = false, device: Device = .cpu,
    datasets: DatasetStore = DatasetStore()
  ) {
    (self.figure, self.isQuick, self.device, self.datasets) = (figure, isQuick, device, datasets)
  }

  /// The name of the figure's files: `figure2`, and `figure2-quick` for a quick look.
  public var fileName: String { figure.name + (isQuick ? "-quick" : "") }

  /// The title, the source and, for a quick look, what the figure is worth.
  public var heading: String {
    let line = "\(figure.title) (\(figure.source))"
    guard isQuick else { return line }
    let limits = "\(ReproductionTrainer.quickEpochs) epochs and \(Self.quickIterations) iterations at most"
    return "QUICK LOOK, \(limits): \(line)"
  }

  /// Trains the runs that the folder does not have finished, embeds all, and writes the figure's files.
  ///
  /// Runs are in `<folder>/<fileName>/<preset>-<method>-0`.
  /// - Parameters:
  ///   - folder: Where to.
  ///   - keepsThreads: Whether resumed runs keep this process's number of threads, not theirs.
  ///   - showsProgress: Whether progress goes to standard error.
  /// - Throws: What training, loading and embedding the runs throws; `FileError`.
  public func make(
    in folder: ResultFolder, keepsThreads: Bool = false, showsProgress: Bool = false
  ) throws -> Result {
    let runs = folder.url.appendingPathComponent(fileName)
    let folders = try figure.methods.map { try train(figure.task, $0, in: runs, keepsThreads, showsProgress) }
    var settings = figure.settings
    if isQuick { settings.iterations = min(settings.iterations, Self.quickIterations) }
    let embedded = try folders.map {
      try EmbeddedRun(
        $0, of: figure.task, settings, device: device, datasets: datasets, showsProgress: showsProgress)
    }
    let drawn = EmbeddingFigure(title: heading, runs: embedded, settings: settings)
    let result = Result(
      figure: figure.name, title: figure.title, source: figure.source, quick: isQuick, panels: drawn.runs,
      files: try drawn.write(to: folder.url, named: fileName, plotly: datasets.plotly), table: drawn.table)
    try folder.write(json: result, to: "\(fileName).json")
    try folder.write("\(heading)\n\n\(drawn.table.markdown)", to: "\(fileName).md")
    return result
  }

  /// What the figure's JSON holds.
  public struct Result: Encodable {
    /// The name of the figure.
    public let figure: String
    /// What it shows.
    public let title: String
    /// Where it is from.
    public let source: String
    /// Whether it is a quick look, which says nothing about the paper's.
    public let quick: Bool
    /// A run for each method.
    public let panels: [EmbeddedRun]
    /// The paths of the files by what they hold.
    public let files: [String: String]
    /// A row for each panel; not in the JSON.
    public let table: Table

    private enum CodingKeys: CodingKey { case figure, title, source, quick, panels, files }
  }

  private func train<Task: EmbeddableTask>(
    _ task: Task.Type, _ method: MethodName, in runs: URL, _ keepsThreads: Bool, _ showsProgress: Bool
  ) throws -> RunFolder {
    var experiment = try Experiment(task, preset: figure.preset, device: device, datasets: datasets)
    if isQuick { experiment = experiment.quickLook }
    let folder = RunFolder(runs.appendingPathComponent("\(figure.preset)-\(method.rawValue)-0"))
    let training = try FolderTraining(
      experiment, method: method, seed: 0, in: folder, resumes: true, keepsThreads: keepsThreads)
    if try !training.isFinished { _ = try training.train(showsProgress: showsProgress) }
    return folder
  }
}
