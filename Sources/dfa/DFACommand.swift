import ArgumentParser
import DirectFeedback

/// The command: trains networks without backpropagation and measures how that compares.
@main
struct DFACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dfa",
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
        1    anything else
      """,
    version: directFeedbackVersion,
    subcommands: [
      TrainCommand.self, CompareCommand.self, SearchCommand.self, ReproduceCommand.self, AlignCommand.self,
      EvaluateCommand.self, ReportCommand.self, TSNECommand.self, FiltersCommand.self, BenchCommand.self,
      ListCommand.self,
      DataCommand.self, DoctorCommand.self, DemoCommand.self,
    ])

  static func main() {
    onTorchFailure { Failure.report($0) }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as any ReportableError {
      Failure.report(error)
    } catch {
      exit(withError: error)
    }
  }
}
