import Datasets
import Foundation
import GraphLearning
import Networks
import TestSupport
import Testing
import Training

/// Two rings of 30 nodes each, which features tell apart.
@Suite("Tasks on graphs of one's own") struct OwnGraphTaskTests {
  private let folder: TemporaryFolder
  private var path: String { folder.file("rings.npz").path }

  init() throws {
    folder = try TemporaryFolder()
    var (sources, targets): ([Int], [Int]) = ([], [])
    var features: [Float] = []
    for node in 0..<60 {
      let ring = node / 30
      let noise = Float(node % 7)
      features += [Float(ring), Float(1 - ring), noise / 7]
      for step in 1...3 {
        sources.append(node)
        targets.append(ring * 30 + (node + step) % 30)
      }
    }
    let arrays: [String: NumPyFiles.Array] = [
      "x": .init(features, [60, 3]), "y": .init((0..<60).map { $0 / 30 }),
      "edge_index": .init(sources + targets, [2, sources.count]),
    ]
    try Data(NumPyFiles.archive(arrays)).write(to: folder.file("rings.npz"))
  }

  private static let small: [String: [String]] = [
    "gat": ["heads=2", "attentionDropout=0", "outputAttentionDropout=0"],
    "dna": ["heads=2", "groups=2", "layers=2", "attentionDropout=0"],
  ]

  @Test("Every network learns to tell two rings apart", arguments: NodeModelChoice.kinds.map { $0.name })
  func classifies(_ model: String) throws {
    let settings = [
      "dataset=\(path)", "split={random: {perClass: 5, validation: 10}}", "model=\(model)", "hidden=8",
      "inputDropout=0", "dropout=0", "training.epochs=100", "training.selection=last",
    ]
    let trainer = try Experiment<NodeClassificationTask>(
      preset: "debug", assignments: settings + (Self.small[model] ?? [])
    ).trainer(.dfa, seed: 1)
    try trainer.train()
    let result = try trainer.result()
    #expect(result.metrics["testAccuracy"] ?? 0 > 0.95, "\(result.metrics)")
  }

  @Test("The graph autoencoder learns the links, without classes or a split of nodes") func autoencoder()
    throws
  {
    let trainer = try Experiment<GraphAutoencoderTask>(
      preset: "debug", assignments: ["dataset=\(path)", "training.epochs=60"]
    ).trainer(.dfa, seed: 1)
    try trainer.train()
    let metrics = try trainer.result().metrics
    // Of pairs that are taken for links as often as not it is 2 log 2, or 1.39.
    #expect(metrics["trainLoss"] ?? 2 < 1.2 && metrics["testAUC"] != nil, "\(metrics)")
  }

  @Test("A graph without a split or classes says what to do, and its bytes decide on its digest")
  func errors() throws {
    func message(_ assignments: String...) -> String {
      do {
        _ = try Experiment<NodeClassificationTask>(preset: "debug", assignments: assignments).trainer(
          .bp, seed: 0)
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(message("dataset=\(path)").contains("has no split of the nodes; add one"))
    #expect(message("dataset=\(path)").contains("--set split=random"))
    #expect(
      message("dataset=/nowhere/a.npz").contains(
        "dataset: '/nowhere/a.npz' is not one of cora, citeseer, pubmed;"))
    #expect(message("dataset=coar").contains("did you mean 'cora'? no file or folder of this name is here"))
    let unlabelled: [String: NumPyFiles.Array] = [
      "x": .init([1, 2, 3] as [Float], [3, 1]), "edge_index": .init([0, 1], [2, 1]),
    ]
    try Data(NumPyFiles.archive(unlabelled)).write(to: folder.file("bare.npz"))
    #expect(message("dataset=\(folder.file("bare.npz").path)").contains("has 0 classes"))
    func digest(_ name: String) throws -> String {
      var configuration = NodeClassificationConfiguration()
      configuration.dataset = GraphDataset(folder.file(name).path)
      return try NodeClassificationTask.dataDigest(configuration, in: DatasetStore())
    }
    #expect(try digest("rings.npz") != digest("bare.npz"))
  }

  @Test("Random splits have their numbers, depend on their seed alone, and shrink with the graph")
  func random() throws {
    let graph = try GraphReader.read(folder.file("rings.npz"))
    var rule = RandomSplit()
    (rule.perClass, rule.validation) = (5, 10)
    let split = try rule.split(graph, seed: 1, source: "g")
    #expect(split.training.count == 10 && split.validation.count == 10 && split.test.count == 40)
    #expect(split.training.count { $0 < 30 } == 5)
    #expect(Set(split.training + split.validation + split.test) == Set(0..<60))
    #expect(try rule.split(graph, seed: 2, source: "g") == split)
    rule.seed = 7
    #expect(try rule.split(graph, seed: 1, source: "g") != split)
    rule.seed = nil
    #expect(try rule.split(graph, seed: 1, source: "g") != rule.split(graph, seed: 2, source: "g"))
    let shrunk = try RandomSplit().split(graph, seed: 1, source: "g")
    #expect(shrunk.training.count == 30 && shrunk.validation.count == 15 && shrunk.test.count == 15)
    let few = LabelledGraph(
      features: CompressedRows(rows: 2, columns: 1, rowStarts: [0, 0, 0], columnIndices: [], values: []),
      labels: [0, 1], classes: 2, edges: [], split: nil)
    #expect(throws: NodeSplitError.tooFewNodes("g", labelled: 2, needed: 4)) {
      try RandomSplit().split(few, seed: 1, source: "g")
    }
  }
}
