import ArgumentParser

/// Measures speed and memory.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure how fast the methods train, and in how much memory.",
    discussion: """
      EXAMPLES
        dfa bench step --network mlp-784 --methods bp,dfa
        dfa bench epoch --preset gcn-cora-published
        dfa bench graph --nodes 1000000 --edges 10000000
        dfa bench memory --depths 16,32,64
        dfa bench profile --network transformer-micro --method dfa
        dfa bench endurance --steps 200000
        dfa bench prepare --rows 1000000
      """,
    subcommands: [
      BenchStepCommand.self,
      BenchEpochCommand.self,
      BenchGraphCommand.self,
      BenchLoadingCommand.self,
      BenchMemoryCommand.self,
      BenchProfileCommand.self,
      BenchEnduranceCommand.self,
      BenchProjectionCommand.self,
      BenchPrepareCommand.self,
    ])
}
