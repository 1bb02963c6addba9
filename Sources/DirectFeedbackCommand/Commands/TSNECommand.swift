import ArgumentParser
import DirectFeedback
import Foundation

/// Shows what networks make of their rows.
struct TSNECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tsne",
    abstract: "Embed the activations of runs in the plane by t-SNE, coloured by class.",
    discussion: """
      The task's alignment batch (all labelled nodes, or a thousand images) goes through the network once in evaluation mode. The rows at \
      a feedback point are embedded and written as tsne.html, tsne.svg, tsne.png and tsne.csv (x, y, label, panel); several runs stand \
      side by side. Perplexity, learning rate and iterations are by default those of the 2020 paper's figures 2 and A.2.

      Trustworthiness (Venna and Kaski 2001, 12 neighbours) says how far the neighbours of a point are neighbours of its row: 1 is best, \
      0.5 is chance. The 10-neighbour accuracy is the share of points whose class is the most frequent among the 10 nearest others.

      EXAMPLES
        dfa tsne runs/graph-gcn-cora-dfa-0
        dfa tsne runs/graph-gcn-cora-shallow-0 runs/graph-gcn-cora-bp-0 runs/graph-gcn-cora-dfa-0 --output figure2
        dfa tsne runs/image-mlp-fashion-mnist-dfa-0 --point hidden1 --iterations 1000
      """)

  @Argument(help: ArgumentHelp("The folders of runs.", valueName: "run"), completion: .directory)
  var runs: [String]

  @Option(help: "Which weights: best (of the best epoch) or last.")
  var weights = RunWeights.best

  @Option(
    help: ArgumentHelp("The feedback point; the last one below the output when not given.", valueName: "path")
  )
  var point: String?

  @Option(help: "How many neighbours a row has, so to speak; at most a third of the other rows.")
  var perplexity = TSNE.launay2020.perplexity

  @Option(help: "The step size of the embedding.")
  var learningRate = TSNE.launay2020.learningRate

  @Option(help: "How often every point is moved.")
  var iterations = TSNE.launay2020.iterations

  @Option(help: "Where points begin: pca (along principal components) or random.")
  var start = TSNE.Start.principalComponents

  @Option(help: "The seed of the embedding.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("The folder for the files; the first run's when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @Flag(help: "Also write the activations and classes, as tsne.safetensors.")
  var activations = false

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard perplexity >= 1, perplexity.isFinite else {
      throw ValidationError("--perplexity must be at least 1, not \(perplexity)")
    }
    guard learningRate > 0, learningRate.isFinite else {
      throw ValidationError("--learning-rate must be above 0, not \(learningRate)")
    }
    guard (1...1_000_000).contains(iterations) else {
      throw ValidationError("--iterations must be from 1 to 1000000, not \(iterations)")
    }
  }

  func run() throws {
    let folders = runs.map { RunFolder(URL(fileURLWithPath: $0)) }
    guard let first = folders.first else { return }
    for folder in folders { _ = try folder.header() }
    let destination = output?.url ?? first.url
    try RunError.createFolder(destination)
    var settings = TSNE()
    (settings.perplexity, settings.learningRate, settings.iterations) = (perplexity, learningRate, iterations)
    (settings.start, settings.seed) = (start, seed)
    let device = try machine.selectedDevice()
    let embedded = try folders.map {
      try EmbeddedRun(
        $0, of: families.task(of: $0), at: point, weights: weights, settings, device: device,
        datasets: machine.datasets, showsProgress: true)
    }
    let figure = EmbeddingFigure(
      title: "t-SNE of " + embedded.map(\.name).joined(separator: ", "), runs: embedded, settings: settings)
    if !result.json { Console.print(figure.table.plain) }
    let files = try figure.write(
      to: destination, named: "tsne", plotly: machine.datasets.plotly, withActivations: activations)
    if result.json { return try Console.json(Result(panels: figure.runs, files: files)) }
    for file in files.values.sorted() { Console.print(file) }
  }

  private struct Result: Encodable {
    let panels: [EmbeddedRun]
    let files: [String: String]
  }
}

extension TSNE.Start: ExpressibleByArgument {}
