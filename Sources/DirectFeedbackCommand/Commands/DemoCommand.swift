import ArgumentParser
import DirectFeedback
import Foundation
import Reports

/// Shows what the package does, on real data, in a few minutes.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Train three networks by BP, DFA and shallow training, and show how they compare.",
    discussion: """
      A perceptron on Fashion-MNIST, a graph convolutional network on CiteSeer and a radiance field of a scene that is drawn, each by \
      three methods from the same initial weights. About three minutes on two cores.

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

  @Option(help: "Steps of the radiance field.")
  var steps = 1_000

  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard [epochs, seeds, steps].allSatisfy((1...10_000).contains) else {
      throw ValidationError("--epochs, --seeds and --steps must be from 1 to 10000")
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
    let scene = try compare(
      RadianceFieldTask.self, preset: "nerf-shapes",
      assignments: [
        "training.steps=\(steps)", "training.evaluateEvery=\(max(steps / 5, 1)) steps", "validationViews=2",
        "testViews=2",
      ], seeds: 1)
    image.addResults(to: &report, ImageClassificationTask.primaryMetric)
    graph.addResults(to: &report, NodeClassificationTask.primaryMetric)
    scene.addResults(to: &report, RadianceFieldTask.primaryMetric)
    report.keyValues(Provenance.current.facts)
    image.addCharts(to: &report, ImageClassificationTask.primaryMetric)
    graph.addCharts(to: &report, NodeClassificationTask.primaryMetric)
    scene.addCharts(to: &report, RadianceFieldTask.primaryMetric)
    let page = folder.appendingPathComponent("report.html")
    try report.write(to: page)
    if result.json { return try Console.json(["comparisons": [image, graph, scene]]) }
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
