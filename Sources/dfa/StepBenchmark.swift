import DirectFeedback
import Foundation
import Reports

/// The time of a training step by several methods, measured in turn.
struct StepBenchmark: Encodable {
  /// What was measured of one method.
  struct Method: Encodable {
    let secondsPerStep: Timing
    /// The median over rounds of this method's time to the first method's.
    let ratio: Double
  }

  let task: String
  let preset: String
  let device: String
  let threads: Int
  let rounds: Int
  let methods: [String: Method]

  init<Task: TrainingTask>(_ experiment: Experiment<Task>, methods: [MethodName], rounds: Int, warmup: Int)
    throws
  {
    let contestants = try methods.map { try Contestant(experiment, $0) }
    var seconds = methods.map { _ in [Double]() }
    for round in 0..<warmup + rounds {
      for (index, contestant) in contestants.enumerated() {
        let start = DispatchTime.now().uptimeNanoseconds
        contestant.step()
        experiment.device.synchronize()
        let elapsed = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
        if round >= warmup { seconds[index].append(elapsed) }
      }
    }
    task = Task.name
    preset = experiment.preset
    device = experiment.device.description
    threads = LibTorch.threadCount
    self.rounds = rounds
    self.methods = Dictionary(
      uniqueKeysWithValues: zip(methods, seconds).map { name, times in
        let ratios = zip(times, seconds[0]).map { $0 / $1 }
        return (name.rawValue, Method(secondsPerStep: Timing(times), ratio: Timing(ratios).median))
      })
  }

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
  let step: () -> Void

  init<Task: TrainingTask>(_ experiment: Experiment<Task>, _ name: MethodName) throws {
    let trainer = try experiment.trainer(name, seed: 0)
    let batch = try trainer.task.batch(epoch: 0, step: 0)
    step = { trainer.step(on: batch) }
  }
}
