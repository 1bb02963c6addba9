import ArgumentParser
import Benchmarking
import DirectFeedback
import Foundation
import Reports

/// Measures the memory and the time of projections by each kind of feedback matrix.
struct BenchProjectionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "projection",
    abstract: "Measure memory and time of a projection by each kind of feedback matrix.",
    discussion: """
      The default is the widest feature map of VGG-16 on ImageNet, 64 x 224 x 224 units, and its 1000 classes. \
      A dense matrix of that size takes 12.8 GB, and is only stored when asked for by name. What dense matrices take for all \
      feedback points of that network is table 1 of the 2019 paper (55 GB, and 13 in one that is shared).

      EXAMPLES
        dfa bench projection
        dfa bench projection --width 100352 --kinds "dense,sparse(0.01),hadamard:regenerated" --json
      """)

  @Option(help: "The width of the error: the classes.")
  var errorWidth = 1000

  @Option(help: "The width of the widest point.")
  var width = 3_211_264

  @Option(help: "The rows of the error: the samples of a batch.")
  var rows = 8

  @Option(
    help: ArgumentHelp(
      "The matrices, separated by commas: a value of feedback.kind, followed by \":regenerated\" for one that is not stored.",
      valueName: "kinds"))
  var kinds = "hadamard,sign:regenerated,sign,dense:regenerated"

  @Option(help: "Threads of an operation on the CPU; all cores when not given.")
  var threads: Int?

  @OptionGroup var result: OutputOptions

  func validate() throws {
    let sizes = 1...100_000_000
    guard sizes.contains(errorWidth), sizes.contains(width), sizes.contains(rows) else {
      throw ValidationError("--error-width, --width and --rows must be from 1 to 100000000")
    }
    if let threads, !(1...LibTorch.maximumThreadCount).contains(threads) {
      throw ValidationError("--threads must be from 1 to \(LibTorch.maximumThreadCount), not \(threads)")
    }
  }

  func run() throws {
    if let threads { LibTorch.threadCount = threads }
    let matrices = try kinds.split(separator: ",", omittingEmptySubsequences: false)
      .map { try matrix(named: String($0)) }
    let benchmark = ProjectionBenchmark(matrices, errorWidth: errorWidth, width: width, rows: rows)
    if result.json { return try Console.json(benchmark) }
    Console.print(benchmark.text)
  }

  private func matrix(named name: String) throws -> FeedbackConfiguration {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let storage = parts.count == 1 ? .stored : FeedbackConfiguration.Storage(rawValue: parts[1])
    guard let kind = FeedbackKind(parts[0]), let storage else {
      throw ConfigurationError.value(
        key: "--kinds",
        reason: "'\(name)' is not one of \(FeedbackKind.names), alone or followed by :stored or :regenerated")
    }
    let configuration = FeedbackConfiguration(kind: kind, storage: storage)
    do throws(SettingError) {
      try configuration.check()
    } catch {
      throw ConfigurationError.value(key: "--kinds", reason: error.reason)
    }
    return configuration
  }
}
