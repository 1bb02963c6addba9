import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Shows what the package does, on real data, in a few minutes.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Train two networks by BP, DFA and shallow training, and show how they compare.",
    discussion: """
      A perceptron on Fashion-MNIST and a graph convolutional network on CiteSeer, each by three methods from the same initial weights. \
      About two minutes on two cores.

      EXAMPLES
        dfa data fetch fashion-mnist citeseer plotly
        dfa demo
      """)

  @Option(help: ArgumentHelp("The folder for report.html.", valueName: "folder"), completion: .directory)
  var output = OutputPath("runs/demo")

  @Option(help: "Epochs of the perceptron.")
  var epochs = 5

  @Option(help: "Seeds of the graph network.")
  var seeds = 3

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard (1...10_000).contains(epochs), (1...10_000).contains(seeds) else {
      throw ValidationError("--epochs and --seeds must be from 1 to 10000")
    }
  }

  func run() throws {
    let folder = output.url
    try RunError.createFolder(folder)
    var report = ReportDocument(title: "Training without backpropagation", plotly: machine.datasets.plotly)
    report.paragraph(
      "BP: backpropagation. DFA: direct feedback alignment, in which every layer learns from a fixed random projection of the output "
        + "error. Shallow: only what lies above the last hidden layer learns.")
    let image = try compare(
      ImageClassificationTask.self, preset: "mlp-fashion-mnist", assignments: ["training.epochs=\(epochs)"],
      seeds: 1)
    let graph = try compare(
      NodeClassificationTask.self, preset: "gcn-citeseer", assignments: [], seeds: seeds)
    image.addResults(to: &report, ImageClassificationTask.primaryMetric)
    graph.addResults(to: &report, NodeClassificationTask.primaryMetric)
    report.keyValues(Provenance.current.facts)
    image.addCharts(to: &report, ImageClassificationTask.primaryMetric)
    graph.addCharts(to: &report, NodeClassificationTask.primaryMetric)
    let page = folder.appendingPathComponent("report.html")
    try report.write(to: page)
    if result.json { return try Console.json(["comparisons": [image, graph]]) }
    Console.print("report: \(page.path)")
  }

  private func compare<Task: TrainingTask>(
    _ task: Task.Type, preset: String, assignments: [String], seeds: Int
  ) throws -> Comparison {
    let experiment = try Experiment(
      task, preset: preset, assignments: assignments, device: machine.selectedDevice(),
      datasets: machine.datasets)
    let comparison = try Comparison(
      experiment, methods: MethodName.launay2020, seeds: (0..<UInt64(seeds)).map { $0 }
    ) {
      [ProgressReporter(label: "\(preset) \($0.rawValue) seed \($1)")]
    }
    if !result.json { Console.print("\n\(preset)\n\(comparison.text(Task.primaryMetric, \.plain))\n") }
    return comparison
  }
}
