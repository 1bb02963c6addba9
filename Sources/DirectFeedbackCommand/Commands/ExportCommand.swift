import ArgumentParser
import DirectFeedback
import Foundation

/// Writes what a run has learned for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a run's weights as the state_dict of a PyTorch module, or the shape of its scene.",
    discussion: """
      The file of --pytorch is of the safetensors format, whatever it is called: safetensors.torch.load_file reads it, and load_state_dict takes what it \
      gives. Names and shapes are those of torch.nn, torchvision and PyTorch Geometric. With --predictions, what the network is given and \
      gives for test data is written too, by which the module can be held to it.

      Of a scene, --points writes where a grid is dense, and --mesh the surface around it by marching cubes, both coloured as the network \
      sees them from outside, as binary PLY files.

      EXAMPLES
        dfa export runs/gcn --pytorch gcn.safetensors
        dfa export runs/gcn --weights best --pytorch w.safetensors --predictions p.safetensors
        dfa export runs/lego --mesh lego.ply --resolution 256
        dfa export runs/lego --points lego.ply --level 20 --bound 1.2
      """)

  @OptionGroup var options: RunOptions

  @Option(help: ArgumentHelp("The file of the state_dict.", valueName: "file"), completion: .file())
  var pytorch: OutputPath?

  @Option(
    help: ArgumentHelp("A file for inputs and outputs of the network on test data.", valueName: "file"),
    completion: .file())
  var predictions: OutputPath?

  @OptionGroup var surfaces: SurfaceOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard pytorch != nil || surfaces.areGiven else {
      throw ValidationError("give --pytorch FILE, or for a scene --points FILE or --mesh FILE")
    }
    guard pytorch != nil || predictions == nil else {
      throw ValidationError("--predictions are for the module of --pytorch FILE, which is missing")
    }
  }

  func run() throws { try run(families.task(of: options.folder)) }

  private func run<Task: TrainingTask>(_ type: Task.Type) throws {
    let trainer = try options.trainer(type)
    let shapes = try pytorch.map { try writeModule(of: trainer, to: $0) }
    let scene = surfaces.areGiven ? try surfaces.write(trainer.task, of: options.run) : nil
    if result.json {
      return try Console.json(
        Result(
          run: options.run, weights: options.weights.rawValue, file: pytorch?.url.path, tensors: shapes,
          scene: scene))
    }
    for (name, shape) in (shapes ?? [:]).sorted(by: { $0.key < $1.key }) { Console.print("\(name) \(shape)") }
    if let pytorch { Console.print(pytorch.url.path) }
    for summary in scene ?? [] { Console.print("\(summary.file): \(summary.count) \(summary.kind)") }
  }

  /// Writes the weights for PyTorch.
  /// - Returns: The shapes of tensors, by name.
  private func writeModule<Task: TrainingTask>(
    of trainer: Trainer<Task>, to pytorch: OutputPath
  ) throws -> [String: [Int]] {
    let file = PyTorchFile(trainer)
    if let predictions { try PredictionFile(trainer).write(to: predictions.url) }
    try file.write(to: pytorch.url)
    if ["pt", "pth", "bin"].contains(pytorch.url.pathExtension) {
      Console.error(
        "\(pytorch.path) is a safetensors file: read it by safetensors.torch.load_file, not by torch.load")
    }
    return file.state.mapValues(\.shape)
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let file: String?
    let tensors: [String: [Int]]?
    let scene: [SurfaceSummary]?
  }
}
