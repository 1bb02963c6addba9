import Basics
import Foundation
import Torch

/// What made a result: the command of this process, the versions and the machine.
public struct Provenance: Codable, Equatable, Sendable {
  /// The command line.
  public let command: String
  /// The versions of this package and of LibTorch.
  public let versions: SoftwareVersions
  /// The processor, its cores and instructions.
  public let machine: String
  /// Threads of an operation on the CPU.
  public let threads: Int

  /// Of this process.
  public static var current: Provenance {
    Provenance(
      command: commandLine(CommandLine.arguments), versions: .current,
      machine:
        "\(processor), \(ProcessInfo.processInfo.activeProcessorCount) cores, \(LibTorch.cpuCapability)",
      threads: LibTorch.threadCount)
  }

  /// What reports tell of it.
  package var facts: [(key: String, value: String)] {
    [
      ("command", command), ("versions", "\(versions)"),
      ("machine", "\(machine), \(threads) thread\(threads == 1 ? "" : "s")"),
    ]
  }

  /// The words of a command line, the program without its folder.
  static func commandLine(_ arguments: [String]) -> String {
    let program = arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent }
    return shellLine([program ?? ""] + arguments.dropFirst())
  }

  /// The processor's name, as Linux has it.
  private static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":", maxSplits: 1).last
    return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
  }
}
