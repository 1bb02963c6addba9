import ArgumentParser
import Benchmarking
import DirectFeedback
import Reports

/// Measures how long steps wait for images.
struct BenchLoadingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "loading",
    abstract: "Measure how long the steps of VGG-16 wait for the images of a folder.",
    discussion: """
      Images are read, decoded, cropped and mirrored on background threads (--set loaders=N) while the network trains. The \
      first step, which has to wait, does not count.

      EXAMPLES
        dfa bench loading --preset vgg16-small --set images=photos
        dfa bench loading --preset vgg16-small --set images=photos --set loaders=4 --method bp --steps 50 --json
      """)

  @Option(help: .method, completion: .methods, transform: MethodName.init(parsing:))
  var method = MethodName.dfa

  @Option(help: "The steps that count.")
  var steps = 20

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup var result: OutputOptions

  func validate() throws { try checkRange("--steps", steps, 1...1_000_000) }

  func run() throws {
    let measured = try LoadingBenchmark(experiment.experiment(VGG16Task.self), method: method, steps: steps)
    if result.json { return try Console.json(measured) }
    Console.print(
      "\(measured.steps) steps of \(measured.batchSize) images in \(NumberFormat.seconds(measured.seconds)), of which "
        + "\(NumberFormat.seconds(measured.waitedSeconds)) (\(NumberFormat.general(measured.waitedShare * 100)) %) waited for "
        + "images, read by \(measured.loaders) \(measured.loaders == 1 ? "thread" : "threads")")
  }
}
