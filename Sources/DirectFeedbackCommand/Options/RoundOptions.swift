import ArgumentParser

/// What methods a benchmark compares, and how often.
struct RoundOptions: ParsableArguments {
  @Option(
    help: "The methods, separated by commas; a method may have options: METHOD+OPTION.",
    completion: .methodLists)
  var methods = NameList(argument: "bp,dfa")

  @Option(help: "Rounds that count; as many as take half a minute, but few of slow turns, when not given.")
  var rounds: Int?

  @Option(help: "Rounds before them that do not; 3, or fewer of slow turns, when not given.")
  var warmup: Int?

  func validate() throws {
    try checkRange("--rounds", rounds, 1...1_000_000)
    try checkRange("--warmup", warmup, 0...1_000_000)
  }
}
