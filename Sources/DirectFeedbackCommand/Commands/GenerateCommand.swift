import ArgumentParser
import DirectFeedback
import Foundation

/// Writes text on, by a run's network.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write on from a beginning, with a run's language model.",
    discussion: """
      Text goes to standard output as it is made, after the prompt; it needs the folder of the run alone, not the data. Equal seeds give \
      equal text.

      EXAMPLES
        dfa generate runs/shakespeare --prompt "ROMEO:" --temperature 0.8
        dfa generate runs/wikitext --weights best --tokens 500 --top-k 50 --seed 1
      """)

  @OptionGroup var options: RunOptions

  @Option(help: "How the text begins; with a new line when not given.")
  var prompt = ""

  @Option(help: "How many tokens are made.")
  var tokens = 500

  @Option(
    help: "Below 1 the probable becomes more probable; at 0 the most probable token is always taken.")
  var temperature = 1.0

  @Option(
    name: .customLong("top-k"),
    help: "Draw from so many of the most probable tokens; from all when not given.")
  var topK: Int?

  @Option(help: "What tokens are drawn by.")
  var seed: UInt64 = 0

  @OptionGroup var result: OutputOptions

  func validate() throws {
    guard (1...100_000_000).contains(tokens) else {
      throw ValidationError("--tokens must be from 1 to 100000000, not \(tokens)")
    }
    guard temperature >= 0, temperature <= 1_000 else {
      throw ValidationError("--temperature must be from 0 to 1000, not \(temperature)")
    }
    if let topK, topK < 1 { throw ValidationError("--top-k must be at least 1, not \(topK)") }
  }

  func run() throws {
    let task = try families.task(of: options.folder)
    guard task == LanguageModelTask.self else {
      throw ConfigurationError.value(
        key: options.run,
        reason: "task '\(task.name)' is not of text; give a run of '\(LanguageModelTask.name)'")
    }
    let generator = try TextGenerator(
      options.folder, weights: options.weights, device: options.machine.selectedDevice())
    let sampling = TokenSampling(temperature: temperature, count: topK)
    var text: [UInt8] = []
    try generator.write(after: prompt, count: tokens, sampling, seed: seed) { bytes in
      text += bytes
      return result.json || Console.write(bytes)
    }
    if result.json {
      try Console.json(
        Result(
          run: options.run, weights: options.weights.rawValue, prompt: prompt, tokens: tokens, seed: seed,
          text: String(decoding: text, as: UTF8.self)))
    } else {
      Console.print("")
    }
  }

  private struct Result: Encodable {
    let run: String
    let weights: String
    let prompt: String
    let tokens: Int
    let seed: UInt64
    let text: String
  }
}
