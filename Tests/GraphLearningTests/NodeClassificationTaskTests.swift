import Datasets
import FeedbackAlignment
import GraphLearning
import TestSupport
import Testing
import Training

@Suite("Node classification") struct NodeClassificationTaskTests {
  @Test("Every task of the family keeps what tasks must keep", .needsData(DatasetCatalog.citeseer))
  func conforms() throws {
    let violations = try GraphLearning.tasks.flatMap { try check($0) }
    #expect(violations == [])
  }

  private func check<Task: TrainingTask>(_ task: Task.Type) throws -> [String] { try checkTask(task) }

  @Test(
    "Presets hold the papers' settings for BP and for DFA",
    arguments: ["gcn-cora", "gcn-citeseer", "gcn-pubmed"])
  func presets(_ name: String) throws {
    let experiment = try Experiment<NodeClassificationTask>(preset: name)
    let (bp, dfa) = (try experiment.configuration(.bp), try experiment.configuration(.dfa))
    #expect(bp.dropout == 0.5 && bp.optimizer.weightDecay == 5e-4)
    #expect(dfa.dropout == 0.1 && dfa.optimizer.weightDecay == 1e-4)
    #expect(try experiment.configuration(.shallow) == dfa)
    for configuration in [bp, dfa] {
      #expect(configuration.hidden == 16 && configuration.training.epochs == 250)
      #expect(configuration.optimizer.kind == .adam && configuration.optimizer.learningRate == 0.01)
      #expect(name == "gcn-\(configuration.dataset.rawValue)")
    }
  }

  @Test("Weight decay acts on the first convolution only", .needsData(DatasetCatalog.citeseer)) func decay()
    throws
  {
    let task = try Experiment<NodeClassificationTask>(preset: "gcn-citeseer").trainer(.bp, seed: 1).task
    #expect(task.parameterGroups.map(\.weightDecay) == [5e-4, 0])
    #expect(task.parameterGroups[0].parameters.map(\.path) == ["conv1/weight", "conv1/bias"])
    #expect(task.store.parameters.map(\.tensor.shape) == [[3703, 16], [16], [16, 6], [6]])
  }

  @Test("Alignment is measured at every node that has a label", .needsData(DatasetCatalog.citeseer))
  func alignment() throws {
    let points = try Experiment<NodeClassificationTask>(preset: "debug").trainer(.dfa, seed: 1)
      .measureAlignment()
    #expect(points.map(\.point) == ["conv1"])
    #expect(points[0].rows + points[0].skipped == 3327 && points[0].skipped >= 15)
  }

  @Test(
    "In 30 epochs BP and DFA classify more than half of CiteSeer's validation nodes",
    .needsData(DatasetCatalog.citeseer), arguments: [MethodName.bp, .dfa])
  func learns(_ method: MethodName) throws {
    let trainer = try Experiment<NodeClassificationTask>(
      preset: "gcn-citeseer", assignments: ["training.epochs=30"]
    ).trainer(method, seed: 0)
    try trainer.train()
    #expect(try #require(trainer.result?.metrics["validationAccuracy"]) > 0.5)
  }
}
