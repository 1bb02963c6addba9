import ArgumentParser
import Benchmarking
import DirectFeedback
import Reports

/// Measures how long steps wait for their samples.
struct BenchLoadingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loading",
    abstract: "Measure how long training steps wait for their samples.",
    discussion: """
      Images are read, decoded, cropped and mirrored on background threads (--set loaders=N) while the network trains, and \
      rows of a prepared file read by one. The first step, which has to wait, does not count.

      EXAMPLES
        dfa bench loading --preset vgg16-small --set images=photos
        dfa bench loading --preset vgg16-small --set images=photos --set loaders=4 --method bp --steps 50 --json
        dfa bench loading --preset deepfm-movielens-100k-bars --steps 200
      """)

  @Option(help: "The task, where several have such a preset.", completion: .tasks)
  var task: String?

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method = MethodName.dfa

  @Option(help: "The steps that count.")
  var steps = 20

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var result: OutputOptions

  func validate() throws { try checkRange("--steps", steps, 1...1_000_000) }

  func run() throws {
    let preset = experiment.preset ?? "vgg16-imagenet"
    let type = try task.map(families.task(named:)) ?? families.task(withPreset: preset)
    let measured = try loading(of: type)
    if result.json { return try Console.json(measured) }
    Console.print(
      "\(measured.steps) steps of \(measured.batchSize) samples in \(NumberFormat.seconds(measured.seconds)), of which "
        + "\(NumberFormat.seconds(measured.waitedSeconds)) (\(NumberFormat.general(measured.waitedShare * 100)) %) waited for them"
    )
  }

  private func loading<Task: TrainingTask>(of type: Task.Type) throws -> LoadingBenchmark {
    try LoadingBenchmark(experiment.experiment(type), method: method, steps: steps)
  }
}
