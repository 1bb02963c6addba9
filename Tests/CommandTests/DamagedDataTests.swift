import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("Data files that are missing or damaged") struct DamagedDataTests {
  /// How a file is damaged.
  enum Damage: String, CaseIterable {
    case missing, empty, truncated, flipped, longer

    func apply(to file: URL) throws {
      var bytes = try Data(contentsOf: file)
      try FileManager.default.removeItem(at: file)
      switch self {
      case .missing: return
      case .empty: bytes = Data()
      case .truncated: bytes.removeLast(bytes.count / 3)
      case .flipped: bytes[bytes.count / 2] ^= 1
      case .longer: bytes.append(0)
      }
      try bytes.write(to: file)
    }

    /// What the message says beside the file and the command that repairs it.
    var words: String {
      switch self {
      case .missing: "is not in "
      case .empty: "ends after 0 of "
      case .truncated: "ends after "
      case .flipped: "has SHA-256 "
      case .longer: "bytes, expected "
      }
    }
  }

  /// Copies a data set, damages a file of it, and trains.
  private func train(_ task: String, _ dataset: Dataset, _ file: String, _ damage: Damage) throws {
    let scratch = try TemporaryFolder()
    let data = scratch.file("data")
    for part in dataset.files {
      let copy = data.appendingPathComponent(dataset.folder).appendingPathComponent(part.path)
      try FileManager.default.createDirectory(
        at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: DatasetStore().file(dataset, part.path), to: copy)
    }
    try damage.apply(to: data.appendingPathComponent(dataset.folder).appendingPathComponent(file))
    let run = scratch.file("run")
    let command = try Command(
      ["train", task, "--preset", "debug", "--data", data.path, "--output", run.path],
      environment: withoutData)
    command.expectFailure(65, file, damage.words, "dfa data fetch \(dataset.name)")
    #expect(!FileManager.default.fileExists(atPath: run.path), "a run is begun without data")
  }

  @Test(
    "A citation network's file ends with 65, its name and the command that repairs it",
    .needsData(DatasetCatalog.citeseer),
    arguments: zip(Damage.allCases, ["allx", "graph", "test.index", "tx", "y"]))
  func citeseer(_ damage: Damage, _ suffix: String) throws {
    try train("graph", DatasetCatalog.citeseer, "ind.citeseer.\(suffix)", damage)
  }

  @Test(
    "An image file ends with 65, its name and the command that repairs it",
    .needsData(DatasetCatalog.fashionMNIST), arguments: Damage.allCases)
  func images(_ damage: Damage) throws {
    try train("image", DatasetCatalog.fashionMNIST, "train-labels-idx1-ubyte.gz", damage)
  }

  @Test("Data that are nowhere end with 65 in every command that reads them") func nowhere() throws {
    for command in [
      ["train", "graph"], ["compare", "image"], ["bench", "step"], ["demo"], ["data", "path", "cora"],
    ] {
      let scratch = try TemporaryFolder()
      let output = ["demo", "train"].contains(command[0]) ? ["--output", scratch.file("x").path] : []
      try Command(command + output, environment: withoutData).expectFailure(65, "run \"dfa data fetch")
    }
  }
}
