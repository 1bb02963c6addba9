import Training

/// Tasks that tell what is on images.
public enum ImageClassification {
  /// The family, as the command knows it.
  public static let family = TaskFamily(
    "image-classification", summary: "tell what is on images",
    tasks: [ImageClassificationTask.self, VGG16Task.self], reproductions: reproductions,
    benchmarks: benchmarks)
}
