import Networks
import Synchronization
import Torch
import Training

extension Recommendation {
  /// The networks whose steps are measured: of the 2020 paper's sizes on rows of Criteo's 39 fields, with a table of a million rows, of
  /// which each field has as many. Steps read different rows, so that a table that is moved late has something to make up for.
  static let benchmarks = [
    benchmark("deepfm-1m", "DeepFM: 39 fields of 10 numbers, 400-400-400-1, a million features", rate: 3e-4) {
      DeepFM($0, DeepFM.Settings(), $1)
    },
    benchmark(
      "dcn-1m", "Deep & Cross: 39 fields of 16 numbers, 6 cross layers, 1024-1024, a million features",
      rate: 2e-4
    ) {
      var settings = DeepCross.Settings()
      settings.embedding.width = 16
      (settings.crossLayers, settings.tower) = (6, TowerSettings([1_024, 1_024]))
      return DeepCross($0, settings, $1)
    },
  ]

  private static func benchmark(
    _ name: String, _ summary: String, rate: Double,
    network: @escaping @Sendable (Scope, FieldSizes) -> any InteractionModel
  ) -> BenchmarkNetwork {
    let (fieldCount, fieldSize, batchCount) = (39, 25_641, 16)
    return BenchmarkNetwork(
      name, summary, batch: 2_048, optimizer: OptimizerConfiguration(Adam(), learningRate: rate)
    ) { scope, data in
      let network = network(scope, FieldSizes(count: fieldCount, tableSize: fieldCount * fieldSize))
      let offsets =
        Tensor.range(0..<fieldCount, device: data.generator.device) * Tensor(Double(fieldSize), dtype: .int64)
      let batches = (0..<batchCount).map { _ in
        (data.classes(fieldSize, fieldCount) + offsets, data.labels())
      }
      let passes = Atomic(0)
      return { pass in
        let number = passes.load(ordering: .relaxed)
        if pass.isTraining, !pass.isRehearsal { passes.store(number + 1, ordering: .relaxed) }
        let (features, labels) = batches[number % batchCount]
        return network(features, pass).binaryCrossEntropyWithLogits(labels)
      }
    }
  }
}
