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

@Suite("Node classification") struct NodeClassificationTaskTests {
  @Test("Every task of the family keeps what tasks must keep", .needsData(DatasetCatalog.citeseer))
  func conforms() throws {
    let violations = try GraphLearning.family.tasks.flatMap { try check($0) }
    #expect(violations == [])
  }

  private func check<Task: TrainingTask>(_ task: Task.Type) throws -> [String] { try checkTask(task) }

  static let models = NodeModelChoice.kinds.map { $0.name }
  /// Those of the paper.
  static let networks = ["gcn", "cheb", "spline", "gat", "dna"]

  @Test("Every network of the paper has a preset for every citation network") func presetNames() {
    let names = Self.networks.flatMap { network in
      CitationDataset.allCases.flatMap { dataset in
        ["", "-published"].map { "\(network)-\(dataset.rawValue)\($0)" }
      }
    }
    #expect(NodeClassificationTask.presets.map(\.name) == names + ["debug"])
    for preset in NodeClassificationTask.presets.dropLast() {
      let configuration = preset.configuration(.dfa)
      let name = "\(configuration.model)-\(configuration.dataset)"
      #expect(preset.name == name || preset.name == name + "-published")
    }
  }

  /// What the published code of the 2020 paper sets.
  struct Published: Sendable {
    let network: String
    let method: MethodName
    let hidden: Int
    let rate, weightDecay: Double
    let dropouts: [Double]
    let decaysAll: Bool
  }

  static let published = [
    Published(
      network: "gcn", method: .bp, hidden: 16, rate: 0.01, weightDecay: 5e-4, dropouts: [0, 0.5, 0, 0],
      decaysAll: false),
    Published(
      network: "gcn", method: .dfa, hidden: 16, rate: 0.01, weightDecay: 1e-4, dropouts: [0, 0.1, 0, 0],
      decaysAll: false),
    Published(
      network: "cheb", method: .bp, hidden: 16, rate: 0.01, weightDecay: 5e-4, dropouts: [0, 0.5, 0, 0],
      decaysAll: false),
    Published(
      network: "cheb", method: .dfa, hidden: 16, rate: 0.01, weightDecay: 1e-4, dropouts: [0, 0, 0, 0],
      decaysAll: false),
    Published(
      network: "spline", method: .bp, hidden: 16, rate: 0.01, weightDecay: 5e-3, dropouts: [0.5, 0.5, 0, 0],
      decaysAll: true),
    Published(
      network: "spline", method: .dfa, hidden: 16, rate: 0.01, weightDecay: 5e-3, dropouts: [0.5, 0.5, 0, 0],
      decaysAll: true),
    Published(
      network: "gat", method: .bp, hidden: 8, rate: 0.005, weightDecay: 5e-4,
      dropouts: [0.6, 0.6, 0.6, 0.6], decaysAll: true),
    Published(
      network: "gat", method: .dfa, hidden: 8, rate: 0.005, weightDecay: 1e-4, dropouts: [0.1, 0.1, 0.6, 0],
      decaysAll: true),
    Published(
      network: "dna", method: .bp, hidden: 128, rate: 0.005, weightDecay: 5e-4, dropouts: [0, 0.5, 0.8, 0],
      decaysAll: true),
    Published(
      network: "dna", method: .dfa, hidden: 128, rate: 0.01, weightDecay: 0, dropouts: [0, 0, 0, 0],
      decaysAll: true),
  ]

  @Test("Presets hold the papers' settings for BP and for DFA", arguments: published)
  func presets(_ published: Published) throws {
    for dataset in CitationDataset.allCases {
      let experiment = try Experiment<NodeClassificationTask>(
        preset: "\(published.network)-\(dataset.rawValue)-published")
      let found = try experiment.configuration(published.method)
      #expect(found.model.description == published.network && found.dataset == .name(dataset))
      #expect(found.optimizer.rule == OptimizerChoice(Adam()))
      #expect(found.optimizer.learningRate == published.rate && found.training.epochs == 250)
      #expect(found.optimizer.weightDecay == (published.decaysAll ? published.weightDecay : 0))
      #expect(
        found.optimizer.groups
          == (published.decaysAll ? [:] : ["first": .init(weightDecay: published.weightDecay)]))
      let settings = try values(found.model)
      #expect(settings["hidden"] as? Int == published.hidden)
      let dropouts = ["inputDropout", "dropout", "attentionDropout", "outputAttentionDropout"]
      #expect(dropouts.map { settings[$0] as? Double ?? 0 } == published.dropouts)
      #expect(found.split == (published.network == "dna" ? .fiveFold : .publicSplit))
      #expect(
        settings["readsErrorAfterLogSoftmax"] as? Bool ?? false
          == (published.network == "dna" && published.method == .dfa))
      #expect(settings["errorHops"] as? Int == 0 && settings["errorPlace"] as? String ?? "logits" == "logits")
      #expect(found.normalizesFeatures == !["spline", "dna"].contains(published.network))
      #expect(try published.method == .bp || experiment.configuration(.shallow) == found)
    }
  }

  /// The keys and values of a network's settings.
  private func values(_ model: NodeModelChoice) throws -> [String: Any] {
    let tree = try JSONSerialization.jsonObject(with: JSONEncoder().encode(model)) as? [String: [String: Any]]
    return try #require(tree?[model.description])
  }

  @Test(
    "Our presets are of the same network and data, and read the error before log softmax",
    arguments: networks, CitationDataset.allCases)
  func tunedPresets(_ network: String, _ dataset: CitationDataset) throws {
    let name = "\(network)-\(dataset.rawValue)"
    let ours = try Experiment<NodeClassificationTask>(preset: name)
    let found = try ours.configuration(.dfa)
    #expect(found.model.description == network && found.dataset == .name(dataset))
    #expect(try values(found.model)["readsErrorAfterLogSoftmax"] as? Bool != true)
    #expect(try ours.configuration(.shallow) == found)
  }

  @Test(
    "Settings out of their range are refused by name",
    arguments: [
      ("dna-cora", "hidden=100"), ("dna-cora", "heads=0"), ("cheb-cora", "terms=0"),
      ("spline-cora", "kernelSize=1"), ("spline-cora", "splineDegree=4"), ("gat-cora", "attentionDropout=1"),
      ("gcn-cora", "inputDropout=-0.1"), ("dna-cora", "layers=0"),
    ])
  func refusals(_ preset: String, _ assignment: String) {
    #expect {
      _ = try Experiment<NodeClassificationTask>(preset: preset, assignments: [assignment])
        .configuration(.dfa)
    } throws: { "\($0)".contains(assignment.split(separator: "=")[0]) }
  }

  @Test(
    "Every network trains, and shallow training trains only the top", .needsData(DatasetCatalog.citeseer),
    arguments: models.filter { $0 != "gcn" })
  func trains(_ model: String) throws {
    let small = ["model=\(model)", "hidden=8", "inputDropout=0.2", "dropout=0.1"]
    let own = [
      "gat": ["heads=2", "attentionDropout=0", "outputAttentionDropout=0"],
      "dna": ["heads=2", "groups=2", "layers=2", "attentionDropout=0"],
    ]
    let violations = try checkTask(
      NodeClassificationTask.self, assignments: small + (own[model] ?? []), steps: 20)
    #expect(violations == [])
  }

  @Test(
    "The error that the published code reads after log softmax ignores the prediction",
    .needsData(DatasetCatalog.citeseer))
  func publishedError() throws {
    let small = ["model=dna", "hidden=8", "heads=2", "groups=2", "layers=2"]
    func loss(_ assignments: [String]) throws -> Double {
      let trainer = try Experiment<NodeClassificationTask>(
        preset: "debug", assignments: small + assignments
      ).trainer(.bp, seed: 1)
      let batch = trainer.task.batch(0)
      return trainer.task.loss(batch, Pass(.evaluation, generator: RandomGenerator(seed: 1))).item
    }
    #expect(abs(try loss([]) - loss(["readsErrorAfterLogSoftmax=true"])) < 1e-5)
    let violations = try checkTask(
      NodeClassificationTask.self, assignments: small + ["readsErrorAfterLogSoftmax=true", "split=fiveFold"],
      steps: 5)
    #expect(violations == [])
  }

  @Test("Weight decay acts on the first convolution only", .needsData(DatasetCatalog.citeseer)) func decay()
    throws
  {
    let experiment = try Experiment<NodeClassificationTask>(preset: "gcn-citeseer-published")
    let configuration = try experiment.configuration(.bp)
    let store = try experiment.trainer(.bp, seed: 1).task.store
    #expect(store.parameters.filter { $0.group == "first" }.map(\.path) == ["conv1/weight", "conv1/bias"])
    #expect(store.parameters.map(\.tensor.shape) == [[3703, 16], [16], [16, 6], [6]])
    #expect(configuration.optimizer.weightDecay == 0)
    #expect(configuration.optimizer.groups == ["first": .init(weightDecay: 5e-4)])
    // Without a gradient only decay moves weights; biases start at zero.
    let before = store.tensors.mapValues { $0.detached().cloned() }
    try configuration.optimizer.make(store.parameters).update(
      Gradients(store.parameters, store.parameters.map { .zeros($0.tensor.shape) }), rate: 0.01)
    let moved = store.parameters.map(\.path).filter {
      before[$0]?.equals(store.tensors[$0] ?? .zeros([0])) != true
    }
    #expect(moved == ["conv1/weight"])
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
    #expect(try #require(try trainer.result().metrics["validationAccuracy"]) > 0.5)
  }
}
