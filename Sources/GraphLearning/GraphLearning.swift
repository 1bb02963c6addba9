import Training

/// Tasks on the nodes and edges of graphs.
public enum GraphLearning {
  /// The family, as the command knows it.
  public static let family = TaskFamily(
    "graph-learning", summary: "learn the nodes and edges of graphs",
    tasks: [NodeClassificationTask.self, GraphAutoencoderTask.self], reproductions: reproductions,
    figures: figures, benchmarks: benchmarks)

  /// The networks whose steps are measured.
  static let benchmarks = [
    // This preset has the same width for every method.
    BenchmarkNetwork(
      "gcn-cora", "graph convolutions of the 2020 paper on Cora, with its real graph",
      task: NodeClassificationTask.self,
      preset: "gcn-cora-published")
  ]
}
