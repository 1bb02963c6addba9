import ArgumentParser
import Benchmarking
import DirectFeedback
import Reports

/// Measures an epoch on a random graph of any size.
struct BenchGraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Time an epoch of graph convolutions on a large random graph, and watch the memory.",
    discussion: """
      Two graph convolutions with dropout and Adam, on a graph without direction whose edges, features and classes \
      are drawn from the seed; an edge counts once and is stored in both directions. A tenth of the nodes trains, a \
      tenth validates, a tenth tests. An epoch is a training step on the whole graph and an evaluation; methods take \
      turns as in "dfa bench epoch". Tensors of a method's epoch come on top of those before; the process's most \
      includes the time when the graph was made.

      EXAMPLES
        dfa bench graph
        dfa bench graph --nodes 100000 --edges 500000 --features 128 --methods bp,dfa,shallow --json
      """)

  @Option(help: "Nodes.")
  var nodes = 1_000_000

  @Option(help: "Edges without direction, at most half of those there could be.")
  var edges = 10_000_000

  @Option(help: "Features of a node.")
  var features = 64

  @Option(help: "The width of the hidden layer.")
  var hidden = 64

  @Option(help: "Classes.")
  var classes = 10

  @Option(help: "The seed of the graph, the features and the classes.")
  var seed: UInt64 = 0

  @OptionGroup var pace: RoundOptions
  @OptionGroup var machine: MachineOptions
  @OptionGroup var result: OutputOptions

  func validate() throws {
    try checkRange("--nodes", nodes, 10...1_000_000_000)
    try checkRange("--edges", edges, 1...min(RandomGraph.maximumEdgeCount(nodes: nodes), 1_000_000_000))
    try checkRange("--features", features, 1...maximumWidth)
    try checkRange("--hidden", hidden, 1...maximumWidth)
    try checkRange("--classes", classes, 1...maximumWidth)
  }

  func run() throws {
    let methods = try pace.methods.benchmarkMethods
    let measured = try GraphBenchmark(
      GraphBenchmark.Size(nodes: nodes, edges: edges, features: features, hidden: hidden, classes: classes),
      seed: seed, methods: methods, rounds: pace.rounds, warmup: pace.warmup,
      device: machine.selectedDevice()
    ) { Console.error("graph made in \(NumberFormat.seconds($0))") }
    if result.json { return try Console.json(measured) }
    Console.print(measured.epochs.table.plain)
    Console.print("\(nodes) nodes, \(measured.directedEdges) edges with direction")
    Console.print(measured.epochs.summary)
  }
}
