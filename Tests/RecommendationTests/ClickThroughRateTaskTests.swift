import Datasets
import FeedbackAlignment
import Foundation
import Networks
import Recommendation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Prediction of clicks") struct ClickThroughRateTaskTests {
  @Test("The task keeps what tasks must keep", .needsData(DatasetCatalog.frappe)) func conforms() throws {
    #expect(try checkTask(ClickThroughRateTask.self) == [])
  }

  @Test("Every preset, for every method, passes through annotated YAML and JSON") func files() throws {
    #expect(try checkPresets(of: Recommendation.family) == [])
  }

  @Test("Presets are named after network and data") func names() {
    for preset in ClickThroughRateTask.presets where preset.name != "debug" {
      let configuration = preset.configuration(.dfa)
      let model = (configuration.model.settings as? DeepFM.Settings).map {
        $0.hasProducts ? "deepfm" : "tower"
      }
      let name = "\(model ?? "\(configuration.model)")-\(configuration.dataset)"
      #expect([name, name + "-bars", name + "-published"].contains(preset.name))
    }
  }

  @Test(
    "The published settings are those of the paper's code",
    arguments: [
      ("fm", MethodName.bp, 1e-4, 2_048), ("deepfm", .bp, 3e-4, 2_048), ("deepfm", .dfa, 5e-5, 2_048),
      ("deepfm", .shallow, 1e-4, 2_048), ("dcn", .bp, 2e-4, 512), ("dcn", .dfa, 5e-5, 512),
      ("dcn", .shallow, 1e-3, 2_048), ("afn", .bp, 4e-4, 2_048), ("afn", .dfa, 3e-4, 2_048),
      ("autoint", .bp, 1e-4, 2_048), ("autoint", .dfa, 5e-5, 2_048),
    ]) func published(_ network: String, _ method: MethodName, _ rate: Double, _ batch: Int) throws
  {
    let preset = try #require(
      ClickThroughRateTask.presets.first { $0.name == "\(network)-criteo-published" })
    let configuration = preset.configuration(method)
    #expect(configuration.optimizer.learningRate == rate)
    #expect(configuration.training.batchSize == batch)
    #expect(configuration.order == .fixed && configuration.rows.vocabulary == .all)
  }

  /// Rows whose label is decided by one of their two fields.
  private func toyData(_ scratch: TemporaryFolder, rows: Int = 601) throws -> PreparedData {
    try prepare(
      (0..<rows).map { "\($0 % 2),u\($0 % 10),c\($0 % 7)\n" }.joined(), pairs,
      shares: SplitShares(0.6, 0.2, 0.2), in: scratch)
  }

  private func trainer(_ data: PreparedData, _ assignments: [String] = [], method: MethodName = .dfa) throws
    -> Trainer<ClickThroughRateTask>
  {
    let experiment = try Experiment(
      ClickThroughRateTask.self, preset: "debug",
      assignments: ["dataset=\(data.folder.path)", "training.batchSize=64", "training.epochs=6"] + assignments
    )
    return try experiment.trainer(method, seed: 1)
  }

  @Test(
    "A folder of one's own rows is learned", arguments: ["fm", "deepfm", "dcn", "dcnv2", "afn", "autoint"])
  func ownRows(_ model: String) throws {
    let scratch = try TemporaryFolder()
    let trainer = try trainer(toyData(scratch), ["model=\(model)"])
    try trainer.train()
    #expect(try #require(trainer.evaluate(.test)["testAUC"]) > 0.99)
  }

  @Test("A row has the same logit to the bit whatever rows are beside it") func bits() throws {
    let scratch = try TemporaryFolder()
    let data = try toyData(scratch)
    let trainer = try trainer(data, ["model=dcn"])
    try trainer.train()
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    let features = try data.batch(.test, 0..<100).features
    withoutGradient {
      let all = trainer.task.logits(features, pass)
      #expect(all.shape == [100])
      for start in [0, 1, 17, 63] {
        let some = trainer.task.logits(features.narrowed(0, start: start, length: 100 - start), pass)
        #expect(some.equals(all.narrowed(0, start: start, length: 100 - start)))
      }
      let many = Tensor.concatenated((0..<50).map { _ in features })
      let long = trainer.task.logits(many, pass)
      for part in [0, 40, 41, 49] {
        #expect(long.narrowed(0, start: 100 * part, length: 100).equals(all))
      }
      #expect(trainer.task.logits(features.narrowed(0, start: 0, length: 0), pass).shape == [0])
    }
  }

  @Test("Rows of one class, and equal scores, are named") func unrankable() throws {
    let scratch = try TemporaryFolder()
    let data = try prepare(
      (0..<100).map { "\($0 < 60 ? $0 % 2 : 1),u\($0 % 10),c\($0 % 7)\n" }.joined(), pairs,
      shares: SplitShares(0.5, 0.25, 0.25), in: scratch)
    let trainer = try trainer(data)
    withoutGradient { for parameter in trainer.task.store.parameters { parameter.tensor.setZero() } }
    #expect(throws: RankingError.self) { try trainer.evaluate(.validation) }
  }

  @Test("A single last row joins the batch before, and parts have two rows at least") func single() throws {
    let scratch = try TemporaryFolder()
    let data = try toyData(scratch)
    let count = data.count(.training)
    let trainer = try trainer(data, ["training.batchSize=\((count - 1) / 4)"])
    #expect(count % ((count - 1) / 4) != 1 || trainer.task.stepsPerEpoch == 4)
    let rows = try (0..<(trainer.task.stepsPerEpoch ?? 0)).map {
      trainer.task.sampleCount(of: try trainer.task.batch($0))
    }
    #expect(rows.reduce(0, +) == count && rows.allSatisfy { $0 > 1 })
    let parts = trainer.task.microBatches(of: try trainer.task.batch(0), count: 10_000)
    #expect(parts.allSatisfy { $0.batch.sampleCount >= 2 })
  }
}
