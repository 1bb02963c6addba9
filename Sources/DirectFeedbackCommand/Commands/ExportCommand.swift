import ArgumentParser
import DirectFeedback
import Foundation

/// Writes a run's weights for PyTorch.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's weights as the state_dict of a PyTorch module.",
    discussion: """
      The file is of the safetensors format, whatever it is called: safetensors.torch.load_file reads it, and load_state_dict takes what it \
      gives. Names and shapes are those of torch.nn, torchvision and PyTorch Geometric. With --predictions, what the network is given and \
      gives for test data is written too, by which the module can be held to it.

      EXAMPLES
        dfa export runs/gcn --pytorch gcn.safetensors
        dfa export runs/gcn --weights best --pytorch w.safetensors --predictions p.safetensors
      """)

  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("The file of the state_dict.", valueName: "file"), completion: .file())
  var pytorch: OutputPath

  @Option(
    help: ArgumentHelp("A file for inputs and outputs of the network on test data.", valueName: "file"),
    completion: .file())
  var predictions: OutputPath?

  @OptionGroup var result: OutputOptions

  func run() throws { try run(families.task(of: options.folder)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let trainer = try options.trainer(type)
    let file = PyTorchFile(trainer)
    if let predictions { try PredictionFile(trainer).write(to: predictions.url) }
    try file.write(to: pytorch.url)
    if ["pt", "pth", "bin"].contains(pytorch.url.pathExtension) {
      Console.error(
        "\(pytorch.path) is a safetensors file: read it by safetensors.torch.load_file, not by torch.load")
    }
    let shapes = file.state.mapValues(\.shape)
    if result.json {
      return try Console.json(
        Result(run: options.run, weights: options.weights.rawValue, file: pytorch.url.path, tensors: shapes))
    }
    for (name, shape) in shapes.sorted(by: { $0.key < $1.key }) { Console.print("\(name) \(shape)") }
    Console.print(pytorch.url.path)
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let file: String
    let tensors: [String: [Int]]
  }
}
