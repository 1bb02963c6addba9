import ArgumentParser
import Datasets
import DirectFeedback
import Foundation

/// What is trained, and where.
struct ExperimentOptions: ParsableArguments {
  @Option(
    help: "A named configuration of the task; see \"dfa list presets\". The task's first when not given.",
    completion: .presets)
  var preset: String?

  @Option(
    help: ArgumentHelp("A YAML file that overrides the preset.", valueName: "file"),
    completion: .configurations)
  var config: String?

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "A key of the configuration and its value, which override preset and file; a model before its own keys.",
      valueName: "key=value"))
  var assignments: [String] = []

  @Option(help: "What a step keeps of the forward pass: whole or replay; short for --set training.memory=...")
  var memory: ActivationMemory?

  @Option(help: "When parameters move: together or fused; short for --set training.update=...")
  var update: TrainingConfiguration.Update?

  @Option(help: "What networks compute in: float32 or bfloat16; short for --set training.precision=...")
  var precision: Precision?

  @Flag(help: "Capture a step as a CUDA graph where that can be; short for --set training.capture=true")
  var capture = false

  @OptionGroup var machine: MachineOptions

  /// Whether an option says how steps are made.
  var changesSteps: Bool { memory != nil || update != nil || precision != nil || capture }

  /// Whether any option says what is trained.
  var areGiven: Bool { preset != nil || config != nil || !allAssignments.isEmpty }

  /// What overrides preset and file.
  private var allAssignments: [String] {
    let chosen = [
      memory.map { "training.memory=\($0.rawValue)" }, update.map { "training.update=\($0.rawValue)" },
      precision.map { "training.precision=\($0.rawValue)" }, capture ? "training.capture=true" : nil,
    ]
    return assignments + chosen.compactMap(\.self)
  }

  /// The experiment for a task.
  func experiment<Task: TrainingTask>(_ task: Task.Type) throws -> Experiment<Task> {
    try Experiment(
      task, preset: preset, file: config.map { URL(fileURLWithPath: $0) }, assignments: allAssignments,
      device: machine.selectedDevice(), datasets: machine.datasets)
  }

  /// What the run in a folder goes on with: its own configuration, where no other is named.
  func experiment<Task: TrainingTask>(resuming folder: RunFolder, _ task: Task.Type) throws -> Experiment<
    Task
  > {
    let begun = try folder.header()
    guard preset == nil, config == nil, begun.task == Task.name else { return try experiment(task) }
    return try Experiment(
      resuming: folder.record(), assignments: allAssignments,
      device: machine.selectedDevice(unlessNamed: begun.device), datasets: machine.datasets)
  }

  /// Whether an option sets a key, or a table that holds it.
  func assigns(_ key: String) -> Bool {
    allAssignments.contains { assignment in
      let assigned = String(assignment.prefix { $0 != "=" })
      return key.isKey(orBelow: assigned) || assigned.isKey(orBelow: key)
    }
  }

  /// The words that choose the same configuration again, of a preset that may be the task's first.
  func words(preset: String) -> [String] {
    ["--preset", preset] + (config.map { ["--config", $0] } ?? [])
      + allAssignments.flatMap { ["--set", $0] }
  }
}

/// Where tensors lie and data sets are.
struct MachineOptions: ParsableArguments {
  @Option(help: "Where to run: auto, cpu, cuda or cuda:N.")
  var device = "auto"

  @Option(help: "Threads of an operation on the CPU; all cores when not given.")
  var threads: Int?

  @Option(
    help: ArgumentHelp("A folder of data sets, searched before DFA_DATA and the cache.", valueName: "folder"),
    completion: .directory)
  var data: String?

  func validate() throws {
    if let threads, !(1...LibTorch.maximumThreadCount).contains(threads) {
      throw ValidationError("--threads must be from 1 to \(LibTorch.maximumThreadCount), not \(threads)")
    }
  }

  /// Sets the threads and finds the device.
  /// - Parameter other: Where to run where no option says so.
  func selectedDevice(unlessNamed other: String = "auto") throws -> Device {
    if let threads { LibTorch.threadCount = threads }
    return try Device(named: device == "auto" ? other : device)
  }

  var datasets: DatasetStore { DatasetStore(option: data) }
}

/// How results are printed.
struct OutputOptions: ParsableArguments {
  @Flag(help: "Print one JSON object on standard output instead of text.")
  var json = false
}

extension ActivationMemory: ExpressibleByArgument {}
extension TrainingConfiguration.Update: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
