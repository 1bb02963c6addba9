import Datasets
import FeedbackAlignment
import Foundation
import GraphLearning
import TestConditions
import Testing
import Training

@Suite("Names of classes") struct ClassNamesTests {
  /// How many papers of each class there are, by those who published the networks (Sen et al. 2008).
  @Test(
    "Of a citation network they are those with as many papers",
    .needsData(DatasetCatalog.cora, DatasetCatalog.citeseer), arguments: [CitationDataset.cora, .citeseer])
  func counts(_ dataset: CitationDataset) throws {
    let published: [String: Int] =
      dataset == .cora
      ? [
        "neural networks": 818, "probabilistic methods": 426, "genetic algorithms": 418, "theory": 351,
        "case based": 298, "reinforcement learning": 217, "rule learning": 180,
      ]
      : [
        "databases": 701, "information retrieval": 668, "agents": 596, "machine learning": 590,
        "human-computer interaction": 508, "artificial intelligence": 249,
      ]
    let experiment = try Experiment<NodeClassificationTask>(preset: "gcn-\(dataset.rawValue)")
    let task = try experiment.trainer(.dfa, seed: 0).task
    let names = try #require(try NodeClassificationTask.classNames(experiment.configuration(.dfa)))
    #expect(Set(names) == Set(published.keys) && names.count == published.count)
    let classes = task.labelledRows(of: task.alignmentBatch()).classes.scalars(Int64.self)
    for (label, name) in names.enumerated() {
      let count = classes.count { $0 == label }
      #expect(count == published[name], "\(name): \(count)")
    }
  }

  @Test("PubMed's stay numbers") func unnamed() throws {
    let experiment = try Experiment<GraphAutoencoderTask>(preset: "gae-pubmed")
    #expect(try GraphAutoencoderTask.classNames(experiment.configuration(.dfa)) == nil)
  }
}
