import ArgumentParser
import DirectFeedback
import Foundation

/// Draws what the filters of a convolution look for.
struct FiltersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "filters",
    abstract: "Draw images that excite the filters of a run's convolution.",
    discussion: """
      For each filter, gradient ascent from noise on the mean of its activations over all pixels, as in figure 3 of the 2019 paper; nothing \
      makes the images smooth. Written as filters.png, a square for each filter, its pixels centred and scaled to their own deviation. Filters that \
      their noise does not excite, so that ReLU gives 0, keep it, and are counted.

      EXAMPLES
        dfa filters runs/vgg16-small-bp-0
        dfa filters runs/image-cnn-cifar-10-usf-0 --point conv3 --steps 200
      """)

  @OptionGroup var options: RunOptions

  @Option(
    help: ArgumentHelp(
      "The feedback point at the end of the convolution; the second one's when not given.", valueName: "path")
  )
  var point: String?

  @Option(help: "How often images are moved.")
  var steps = 100

  @Option(help: "By how much they are moved, in standard deviations of pixels.")
  var rate = 0.1

  @Option(help: "The seed of the noise.")
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("The folder for the picture; the run's when not given.", valueName: "folder"),
    completion: .directory)
  var output: OutputPath?

  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--steps", steps, 1...1_000_000)
    guard rate > 0, rate.isFinite else { throw ValidationError("--rate must be above 0, not \(rate)") }
  }

  func run() throws {
    let task = try families.task(of: options.folder)
    guard let task = task as? any ImageTask.Type else {
      throw ConfigurationError.value(
        key: options.run, reason: "task '\(task.name)' has no convolutions of images")
    }
    let found = try filters(task)
    let destination = output?.url ?? options.folder.url
    try RunError.createFolder(destination)
    let file = destination.appendingPathComponent("filters.png")
    try AtomicFile.write(found.picture().png(), to: file)
    let activations = found.activations.to(.float32).scalars(Float.self)
    let unexcited = found.initialActivations.to(.float32).scalars(Float.self).count { $0 == 0 }
    if result.json {
      return try Console.json(
        Result(
          run: options.run, point: found.point, filters: activations.count, unexcited: unexcited,
          activations: activations.map(Double.init), file: file.path))
    }
    let count = unexcited == 0 ? "" : ", \(unexcited) of them not excited by their noise"
    Console.print("\(activations.count) filters of \(found.point)\(count)")
    Console.print(file.path)
  }

  private func filters<Task: ImageTask>(_ task: Task.Type) throws -> FilterImages {
    try options.trainer(task).filters(at: point, steps: steps, rate: rate, seed: seed)
  }

  private struct Result: Encodable {
    let run: String
    let point: String
    let filters: Int
    let unexcited: Int
    let activations: [Double]
    let file: String
  }
}
