import Training

/// Tasks on text.
public enum LanguageModeling {
  /// The family, as the command knows it.
  public static let family = TaskFamily(
    "language-modeling", summary: "tell what comes next in a text, and write on",
    tasks: [LanguageModelTask.self],
    reproductions: reproductions, benchmarks: benchmarks)
}
