import DirectFeedback
import Foundation
import Reports

/// The time of a training step by several methods, measured in turn.
///
/// A round is a few steps of each method. The first steps of a turn bring the network back into the caches, as in
/// training, where no other method runs in between; they are not counted.
struct StepBenchmark: Encodable {
  /// What was measured of one method.
  struct Method: Encodable {
    let secondsPerStep: Timing
    /// The median over rounds of this method's median time to the first method's.
    let ratio: Double
  }

  let task: String
  let preset: String
  let device: String
  let threads: Int
  let rounds: Int
  let methods: [String: Method]

  init<Task: TrainingTask>(
    _ experiment: Experiment<Task>, methods: [MethodName], rounds: Int, warmup: Int
  ) throws {
    let contestants = try methods.map { try Contestant(experiment, $0) }
    var turns = methods.map { _ in [[Double]]() }
    for round in 0..<warmup + rounds {
      for (index, contestant) in contestants.enumerated() {
        let seconds = try (0..<StepBenchmark.stepsInTurn).map { _ in try contestant.secondsOfStep() }
        if round >= warmup { turns[index].append(Array(seconds.dropFirst(StepBenchmark.uncountedSteps))) }
      }
    }
    task = Task.name
    preset = experiment.preset
    device = experiment.device.description
    threads = LibTorch.threadCount
    self.rounds = rounds
    self.methods = Dictionary(
      uniqueKeysWithValues: zip(methods, turns).map { name, own in
        let ratios = zip(own, turns[0]).map { Timing($0).median / Timing($1).median }
        let timing = Timing(own.flatMap { $0 })
        return (name.rawValue, Method(secondsPerStep: timing, ratio: Timing(ratios).median))
      })
  }

  private static let stepsInTurn = 10
  private static let uncountedSteps = 2

  var table: Table {
    Table(
      columns: [
        TableColumn("method"), TableColumn("median ms", .right), TableColumn("min ms", .right),
        TableColumn("ratio", .right),
      ],
      rows: MethodName.allCases.compactMap { name in
        methods[name.rawValue].map { method in
          [
            name.title, String(format: "%.3f", method.secondsPerStep.median * 1e3),
            String(format: "%.3f", method.secondsPerStep.min * 1e3), String(format: "%.3f", method.ratio),
          ]
        }
      })
  }
}

/// A network, a method and an optimizer, ready to step on one batch.
private struct Contestant {
  private let step: () throws -> Void
  private let device: Device

  init<Task: TrainingTask>(_ experiment: Experiment<Task>, _ name: MethodName) throws {
    let trainer = try experiment.trainer(name, seed: 0)
    let batch = try trainer.task.batch(epoch: 0, step: 0)
    step = { try trainer.step(on: batch) }
    device = experiment.device
  }

  func secondsOfStep() throws -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try step()
    device.synchronize()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }
}
