import ArgumentParser
import DirectFeedback
import Foundation

/// Begins a run with weights of PyTorch.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Begin a run with the weights of a PyTorch module.",
    discussion: """
      The file is that of safetensors.torch.save_file(model.state_dict(), FILE); its names and shapes must be those that "dfa export" \
      writes for a run of the same configuration. The run has done no step: it is evaluated and aligned as every other, and trained on by \
      "dfa train" with the same options and --resume.

      EXAMPLES
        dfa import gcn.safetensors graph --preset gcn-cora --output runs/imported
        dfa evaluate runs/imported
        dfa train graph --preset gcn-cora --output runs/imported --resume
      """)

  @Argument(
    help: ArgumentHelp("The file of the state_dict.", valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var file: String

  @Argument(help: "The task; see \"dfa list tasks\".", completion: .tasks)
  var task: String

  @OptionGroup var options: ExperimentOptions

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method: MethodName = .dfa

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("The run's folder; runs/PRESET-METHOD-SEED when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(named: task)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let experiment = try options.experiment(type)
    let output = output ?? OutputPath("runs/\(experiment.preset)-\(method.rawValue)-\(seed)")
    try experiment.importPyTorch(
      URL(fileURLWithPath: file), method: method, seed: seed, into: RunFolder(output.url))
    if result.json { return try Console.json(Result(run: output.url.path)) }
    Console.print("run: \(output.url.path)")
  }

  private struct Result: Encodable {
    let run: String
  }
}
