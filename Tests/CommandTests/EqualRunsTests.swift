import Datasets
import Foundation
import TestConditions
import TestSupport
import Testing

@Suite("Equal seeds on a busy machine", .needsData(DatasetCatalog.mnist)) struct EqualRunsTests {
  /// MKL's first vector function of a process once raced when two threads called it: one run in thirty differed.
  @Test("Give equal weights on two threads, however many processes share the processors") func busy()
    async throws
  {
    let scratch = try TemporaryFolder()
    let folder = scratch.url
    let weights = try await withThrowingTaskGroup(of: Data.self) { group in
      for number in 0..<12 {
        group.addTask {
          let run = folder.appendingPathComponent("run\(number)")
          let command = try Command(
            [
              "train", "image", "--preset", "debug", "--set", "dataset=mnist", "--set", "training.epochs=1",
              "--set",
              "trainingImages=2000", "--threads", "2", "--output", run.path,
            ], environment: ["OMP_NUM_THREADS": "2"])
          #expect(command.status == 0, "\(command.errors)")
          // Without the header, which says how long it took.
          let file = try Data(contentsOf: run.appendingPathComponent("checkpoints/last.safetensors"))
          let length = file.prefix(8).reversed().reduce(0) { ($0 << 8) + Int($1) }
          return file.dropFirst(8 + length)
        }
      }
      return try await group.reduce(into: Set<Data>()) { $0.insert($1) }
    }
    #expect(weights.count == 1)
  }
}
