import Datasets
import FeedbackAlignment
import Foundation
import GraphLearning
import Networks
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Prediction of links") struct GraphAutoencoderTaskTests {
  private func trainer(
    _ method: MethodName = .dfa, seed: UInt64 = 1, _ assignments: String...
  ) throws -> Trainer<GraphAutoencoderTask> {
    try Experiment<GraphAutoencoderTask>(preset: "debug", assignments: assignments)
      .trainer(method, seed: seed)
  }

  @Test(
    "Presets hold the published code's settings; ours have a wider hidden layer",
    arguments: CitationDataset.allCases, ["", "-published"])
  func presets(_ dataset: CitationDataset, _ suffix: String) throws {
    let experiment = try Experiment<GraphAutoencoderTask>(preset: "gae-\(dataset.rawValue)\(suffix)")
    for method in MethodName.allCases {
      let found = try experiment.configuration(method)
      #expect(found.dataset == .name(dataset) && found.normalizesFeatures)
      #expect(found.model.hidden == (suffix.isEmpty ? 128 : 32))
      #expect(found.model.latent == 16 && found.model.activation == .relu)
      #expect(found.validationShare == 0.05 && found.testShare == 0.1)
      #expect(found.training.epochs == (dataset == .citeseer ? 200 : 400))
      #expect(found.training.selection == .last)
      #expect(found.optimizer.rule == OptimizerChoice(Adam()) && found.optimizer.weightDecay == 0)
      #expect(
        found.optimizer.learningRate == (dataset == .citeseer ? method.tuned(bp: 0.01, dfa: 0.02) : 0.01))
    }
  }

  @Test(
    "Settings out of their range are refused by name",
    arguments: ["hidden=0", "latent=0", "dropout=1", "inputDropout=-0.1", "validationShare=0", "testShare=1"])
  func refusals(_ assignment: String) {
    #expect {
      _ = try Experiment<GraphAutoencoderTask>(assignments: [assignment]).configuration(.dfa)
    } throws: { "\($0)".contains("\(assignment.split(separator: "=")[0]): must") }
  }

  @Test(
    "Shares that leave nothing to train on, or hide no edge, are refused", .needsData(DatasetCatalog.citeseer)
  )
  func shares() throws {
    #expect {
      _ = try Experiment<GraphAutoencoderTask>(assignments: ["testShare=0.96"]).configuration(.dfa)
    } throws: { "\($0)".contains("testShare: must leave edges to train on") }
    #expect {
      _ = try trainer(.dfa, seed: 1, "validationShare=1e-6")
    } throws: { "\($0)".contains("edges are too few to split: 0 would be for validation and 4") }
  }

  @Test(
    "Training sees no hidden link, and no negative is a link it sees", .needsData(DatasetCatalog.citeseer))
  func batches() throws {
    let task = try trainer().task
    let data = try PlanetoidReader.read(DatasetCatalog.citeseer, from: DatasetStore())
    let split = try EdgeSplit(of: .undirected(nodes: data.nodes, edges: data.edges), seed: 1)
    let batch = try task.batch(3)
    #expect(batch.tensors[0].equals(split.training.tensor(on: .cpu)))
    #expect(batch.tensors[1].shape == [2, 2 * split.training.count])
    let links = Set(zip(split.training.sources, split.training.targets).flatMap { [[$0, $1], [$1, $0]] })
    let ends = batch.tensors[1].scalars(Int64.self).map { Int32($0) }
    let negatives = zip(ends.prefix(ends.count / 2), ends.suffix(ends.count / 2)).map { [$0, $1] }
    #expect(negatives.allSatisfy { $0[0] != $0[1] && !links.contains($0) })
    #expect(negatives.contains { $0[0] > $0[1] } && negatives.contains { $0[0] < $0[1] })
    #expect(try task.batch(3).tensors[1].equals(batch.tensors[1]))
    #expect(try !task.batch(4).tensors[1].equals(batch.tensors[1]))
    #expect(try !trainer(.dfa, seed: 2).task.batch(3).tensors[1].equals(batch.tensors[1]))
  }

  @Test("Hidden links do not reach the network", .needsData(DatasetCatalog.citeseer)) func noLeak() throws {
    let task = try trainer().task
    let pass = Pass(.evaluation, generator: RandomGenerator(seed: 1))
    let data = try PlanetoidReader.read(DatasetCatalog.citeseer, from: DatasetStore())
    let split = try EdgeSplit(of: .undirected(nodes: data.nodes, edges: data.edges), seed: 1)
    let graph = try Graph.undirected(
      nodes: data.nodes, edges: zip(split.training.sources, split.training.targets).map { ($0, $1) })
    let rows = data.features.normalizedRows()
    let features = SparseMatrix(
      rowStarts: rows.rowStarts, columnIndices: rows.columnIndices, values: rows.values,
      columns: rows.columns)
    let store = ParameterStore(seed: 1)
    let network = GraphAutoencoder(store.root, GraphAutoencoder.Settings(), features: rows.columns)
    let latent = network.encode(features, graph, pass)
    let metrics = try task.evaluate(.test, pass)
    let logits = [split.test, split.testNegatives].map {
      GraphAutoencoder.logits(latent, $0.tensor(on: .cpu)).detached()
    }
    let expected = try RankingMetrics(
      .concatenated(logits), labels: .concatenated([.ones(logits[0].shape), .zeros(logits[1].shape)]))
    #expect(
      metrics[.areaUnderCurve] == expected.areaUnderCurve
        && metrics[.averagePrecision] == expected.averagePrecision)
  }

  @Test(
    "The result is that of the last epoch, however good an earlier one was",
    .needsData(DatasetCatalog.citeseer))
  func lastEpoch() throws {
    let trainer = try trainer(.bp)
    try trainer.train()
    let result = try trainer.result()
    let last = try #require(trainer.progress.last)
    #expect(result.epoch == 10 && trainer.selected == last)
    #expect(result.metrics.filter { !$0.key.hasPrefix("test") } == last.metrics)
    #expect(
      result.metrics.keys.sorted() == [
        "testAP", "testAUC", "testLoss", "trainLoss", "validationAP", "validationAUC", "validationLoss",
      ])
  }

  @Test(
    "A run that was interrupted ends as if it had not been, bit for bit", .needsData(DatasetCatalog.citeseer),
    arguments: MethodName.allCases)
  func resumed(_ method: MethodName) throws {
    let scratch = try TemporaryFolder()
    let file = scratch.file("last.safetensors")
    let whole = try trainer(method, seed: 1, "training.epochs=6", "dropout=0.2")
    try whole.train()
    let interrupted = try trainer(method, seed: 1, "training.epochs=6", "dropout=0.2")
    interrupted.callbacks = [Interruption(after: 3, into: file)]
    #expect(throws: Interruption.Reached.self) { try interrupted.train() }
    let resumed = try trainer(method, seed: 1, "training.epochs=6", "dropout=0.2")
    try resumed.resume(Checkpoint(contentsOf: file), best: nil)
    try resumed.train()
    #expect(try resumed.result().metrics == whole.result().metrics)
    for (path, tensor) in whole.task.store.tensors {
      #expect(resumed.task.store.tensors[path].map { $0.equals(tensor) } == true, "\(path)")
    }
  }

  @Test("Alignment is measured at every node that has an error", .needsData(DatasetCatalog.citeseer))
  func alignment() throws {
    let points = try trainer().measureAlignment()
    #expect(points.map(\.point) == ["conv1"])
    #expect(points[0].rows + points[0].skipped == 3327 && points[0].rows > 3000)
  }

  @Test("The hidden layer's rows have the classes of the papers", .needsData(DatasetCatalog.citeseer))
  func embedding() throws {
    let found = try trainer().activations()
    #expect(found.point == "conv1" && found.rows.shape == [3312, 32])
    #expect(Set(found.classes.scalars(Int64.self)) == Set(0..<6))
  }

  @Test(
    "In 60 epochs BP and DFA find CiteSeer's hidden links better than an untrained network",
    .needsData(DatasetCatalog.citeseer), arguments: [MethodName.bp, .dfa])
  func learns(_ method: MethodName) throws {
    let trainer = try trainer(method, seed: 0, "training.epochs=60")
    let untrained = try #require(try trainer.evaluate(.validation)["validationAUC"])
    try trainer.train()
    let trained = try #require(try trainer.result().metrics["validationAUC"])
    #expect(trained > untrained + 0.1 && trained > 0.75)
  }
}

/// Writes a checkpoint after a step and ends the run, as a kill would.
private final class Interruption: TrainingCallback {
  struct Reached: Error {}

  private let step: Int
  private let file: URL

  init(after step: Int, into file: URL) { (self.step, self.file) = (step, file) }

  func stepEnded(_ session: any TrainingSession) throws {
    guard session.progress.step == step else { return }
    try session.checkpoint(metricsByteCount: 0).write(to: file)
    throw Reached()
  }
}
