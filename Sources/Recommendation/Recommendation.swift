import Training

/// Tasks on rows of categories.
public enum Recommendation {
  /// The family, as the command knows it.
  public static let family = TaskFamily(
    "recommendation", summary: "predict clicks and other interactions", tasks: [ClickThroughRateTask.self],
    reproductions: reproductions, benchmarks: benchmarks)
}
