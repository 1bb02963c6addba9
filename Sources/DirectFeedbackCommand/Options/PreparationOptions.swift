import ArgumentParser

/// On what rows are prepared.
struct PreparationOptions: ParsableArguments {
  @Option(help: "How many threads work; as many as processors when not given.")
  var threads: Int?

  @Option(help: ArgumentHelp("The memory that may be used for tables, in MiB.", valueName: "MiB"))
  var memory = 768

  func validate() throws {
    try checkRange("--threads", threads, 1...1_024)
    try checkRange("--memory", memory, 64...1 << 20)
  }
}
