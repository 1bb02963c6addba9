import ArgumentParser
import DirectFeedback

/// The command: trains networks without backpropagation and measures how that compares.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CommandContext.current.name,
    abstract: "Train neural networks by direct feedback alignment, and compare with backpropagation.",
    discussion: """
      METHODS
        bp        backpropagation
        dfa       direct feedback alignment: each layer learns from a fixed
                  random projection of the output error
        shallow   only what lies above the last hidden layer learns

      EXAMPLES
        dfa demo
        dfa compare graph --preset gcn-cora --methods bp,dfa,shallow --seeds 20
        dfa train image --method dfa --set training.epochs=5

      EXIT CODES
        0    done
        64   the command line or the configuration is wrong
        65   data are missing or damaged
        130  interrupted by Ctrl-C (SIGINT), 143 by SIGTERM
        1    anything else
      """,
    version: directFeedbackVersion,
    subcommands: [
      TrainCommand.self, ResumeCommand.self, CompareCommand.self, SearchCommand.self, ReproduceCommand.self,
      AlignCommand.self, EvaluateCommand.self, PredictCommand.self, ReportCommand.self, TSNECommand.self,
      FiltersCommand.self, RenderCommand.self, GenerateCommand.self,
      ExportCommand.self, ImportCommand.self, BenchCommand.self, ListCommand.self,
      DataCommand.self, DoctorCommand.self, DemoCommand.self,
    ])

  /// Runs the command of the process's arguments.
  static func start() {
    onTorchFailure { Failure.report($0) }
    do {
      try checkSubcommands(CommandLine.arguments.dropFirst())
      var command = try parseAsRoot()
      try command.run()
    } catch let error as any ReportableError {
      Failure.report(error)
    } catch {
      exit(withError: error)
    }
  }

  /// Whether a command line is of a command that runs networks, on more than one thread.
  static func computes(_ words: some Collection<String>) -> Bool {
    let others = ["list", "data", "doctor", "report", "help"]
    guard let command = words.first, !command.hasPrefix("-"), !others.contains(command) else { return false }
    let isOnOne =
      words.contains("--threads=1") || zip(words, words.dropFirst()).contains { $0 == ("--threads", "1") }
    return !isOnOne && !words.contains { ["-h", "--help", "--version"].contains($0) }
  }

  /// Checks that the words before the first option name subcommands, as far as there are any.
  /// - Throws: `ConfigurationError` with the nearest name.
  static func checkSubcommands(_ words: some Sequence<String>) throws {
    var subcommands = configuration.subcommands
    for word in words {
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      let known = subcommands.compactMap { $0.configuration.commandName }
      guard let index = known.firstIndex(of: word) else {
        throw ConfigurationError.unknown("command", word, among: known)
      }
      subcommands = subcommands[index].configuration.subcommands
    }
  }
}
