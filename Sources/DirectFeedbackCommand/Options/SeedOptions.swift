import ArgumentParser

/// Seeds that follow each other.
struct SeedOptions: ParsableArguments {
  @Option(help: "How many seeds.")
  var seeds = 1

  @Option(help: "The first seed; the others follow it.")
  var seed: UInt64 = 0

  func validate() throws {
    try checkRange("--seeds", seeds, 1...10_000)
    guard UInt64.max - UInt64(seeds) >= seed else {
      throw ValidationError("--seed is too large for \(seeds) seeds")
    }
  }

  /// The seeds.
  var all: [UInt64] { (0..<UInt64(seeds)).map { seed + $0 } }
  /// The first seed after them.
  var next: UInt64 { seed + UInt64(seeds) }
}
