import ArgumentParser
import Benchmarking
import DirectFeedback

/// What a benchmark measures: a benchmark network, a perceptron of any depth, or a preset of a task.
struct BenchmarkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A benchmark network, most with random data: \(families.benchmarks.map(\.name).joined(separator: ", ")).",
      valueName: "name"), completion: .benchmarkNetworks)
  var network: String?

  @Option(help: "Hidden layers of mlp-deep. (default: 64)")
  var depth: Int?

  @Option(help: "The width of mlp-deep. (default: 1024)")
  var width: Int?

  @Option(help: "The rows of a batch; the network's or preset's when not given.")
  var batch: Int?

  @Option(help: "The task, where several have such a preset.", completion: .tasks)
  var task: String?

  @OptionGroup var options: ExperimentOptions

  func validate() throws {
    try checkRange("--depth", depth, 1...10_000)
    try checkRange("--width", width, 1...maximumWidth)
    try checkRange("--batch", batch, 1...100_000_000)
    let isDeep = depth != nil || width != nil
    let usesPreset =
      options.preset != nil || options.config != nil || task != nil || !options.assignments.isEmpty
    if isDeep, network.map({ $0 != "mlp-deep" }) ?? false {
      throw ValidationError("--depth and --width are of mlp-deep, not of --network \(network ?? "")")
    }
    if usesPreset, isDeep || network != nil {
      throw ValidationError(
        "--network, --depth and --width are not for presets: leave out --preset, --config, --set and --task")
    }
    if options.changesSteps, isDeep || network != nil {
      throw ValidationError(
        "--memory, --update, --precision and --capture are for presets; name a method with its options, such as dfa+replay"
      )
    }
  }

  /// What is measured.
  /// - Throws: `ConfigurationError`, `DeviceError`.
  func subject() throws -> BenchmarkSubject {
    guard network != nil || depth != nil || width != nil else {
      let preset = options.preset ?? "mlp-fashion-mnist"
      let type = try task.map(families.task(named:)) ?? families.task(withPreset: preset)
      return try subject(type, preset)
    }
    var network = try families.benchmarkNetwork(named: network ?? "mlp-deep")
    if depth != nil || width != nil {
      network = .deepPerceptron(depth: depth ?? 64, width: width ?? 1_024)
    }
    return try BenchmarkSubject(
      network, batch: batch, device: options.machine.selectedDevice(), datasets: options.machine.datasets)
  }

  private func subject<Task: TrainingTask>(_ type: Task.Type, _ preset: String) throws -> BenchmarkSubject {
    var options = options
    options.preset = preset
    if let batch { options.assignments.append("training.batchSize=\(batch)") }
    return BenchmarkSubject(try options.experiment(type))
  }
}

/// Throws unless a value, if there is one, is in range.
func checkRange(_ option: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
  if let value, !range.contains(value) {
    throw ValidationError(
      "\(option) must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
  }
}
