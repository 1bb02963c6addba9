import ArgumentParser
import Datasets
import DirectFeedback
import Foundation
import Reports

/// Tells what the machine has, and what to do about what it lacks.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Show versions, devices and data sets, and what to do about what is missing.",
    discussion: """
      EXAMPLES
        dfa doctor
        dfa doctor --json
      """)

  @Option(
    help: ArgumentHelp("A folder of data sets, searched before DFA_DATA and the cache.", valueName: "folder"),
    completion: .directory)
  var data: String?

  @OptionGroup var result: OutputOptions

  func run() throws {
    let examination = Examination(DatasetStore(option: data))
    if result.json { return try Console.json(examination) }
    Console.print(examination.text)
  }
}

/// What ``DoctorCommand`` finds.
private struct Examination: Encodable {
  let version: String
  let libtorch: String
  let instructions: String
  let cores: Int
  let threads: Int
  let waiting: String
  let cudaDevices: Int
  let dataFolders: [String]
  let datasets: [DatasetRow]
  let advice: [String]

  init(_ store: DatasetStore) {
    version = directFeedbackVersion
    libtorch = LibTorch.version
    instructions = LibTorch.cpuCapability
    cores = ProcessInfo.processInfo.activeProcessorCount
    threads = LibTorch.threadCount
    let variables = ["GOMP_SPINCOUNT", "OMP_WAIT_POLICY"].compactMap { name in
      ProcessInfo.processInfo.environment[name].map { "\(name)=\($0)" }
    }
    waiting =
      variables.isEmpty ? "GOMP_SPINCOUNT=1000 in commands that train" : variables.joined(separator: " ")
    cudaDevices = Device.cudaDeviceCount
    dataFolders = store.roots.map(\.path)
    datasets = families.datasets.map { DatasetRow($0, store) }
    let lacking = datasets.filter { $0.state != "complete" }.map(\.name)
    var advice: [String] = []
    if !lacking.isEmpty {
      advice.append("fetch what you need: dfa data fetch \(lacking.joined(separator: " "))")
    }
    if cudaDevices == 0 {
      advice.append(
        "no CUDA device: everything runs on the CPU; with an NVIDIA GPU and driver, "
          + "run Scripts/bootstrap --cuda and build again")
    }
    self.advice = advice
  }

  var text: String {
    let cuda = cudaDevices == 0 ? "none" : (0..<cudaDevices).map { "cuda:\($0)" }.joined(separator: ", ")
    let facts = Table(
      columns: [TableColumn("what"), TableColumn("here")],
      rows: [
        ["dfa", version], ["LibTorch", libtorch],
        ["CPU", "\(cores) cores, \(instructions), \(threads) threads"], ["waiting threads", waiting],
        ["CUDA", cuda], ["data folders", dataFolders.joined(separator: ", ")],
      ] + datasets.map { ["data set \($0.name)", $0.path ?? $0.state] })
    let remedies = advice.isEmpty ? ["Nothing is missing."] : advice.map { "- " + $0 }
    return ([facts.plain] + remedies).joined(separator: "\n")
  }
}
