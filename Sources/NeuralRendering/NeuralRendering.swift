import Training

/// Tasks on radiance fields.
public enum NeuralRendering {
  /// The family, as the command knows it.
  public static let family = TaskFamily(
    "neural-rendering", summary: "learn a scene from photographs and show it from elsewhere",
    tasks: [RadianceFieldTask.self],
    reproductions: reproductions,
    benchmarks: benchmarks)
}
