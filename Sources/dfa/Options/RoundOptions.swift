import ArgumentParser

/// What methods a benchmark compares, and how often.
struct RoundOptions: ParsableArguments {
  @Option(help: "The methods, separated by commas; a method may have options: METHOD+OPTION.")
  var methods = NameList(argument: "bp,dfa")

  @Option(help: "Rounds that count; as many as take half a minute, from 5 to 40, when not given.")
  var rounds: Int?

  @Option(help: "Rounds before them that do not; 3, or 1 of slow turns, when not given.")
  var warmup: Int?

  func validate() throws {
    try checkRange("--rounds", rounds, 1...1_000_000)
    try checkRange("--warmup", warmup, 0...1_000_000)
  }
}
