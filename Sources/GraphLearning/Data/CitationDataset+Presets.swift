import FeedbackAlignment
import Training

extension CitationDataset {
  /// For each citation network a preset `<name>-<network>` with our settings, and `<name>-<network>-published` with
  /// those of the 2020 paper's published code.
  /// - Parameters:
  ///   - name: What names begin with.
  ///   - summary: What summaries say before the name of the citation network.
  ///   - ours: Our settings for a method.
  ///   - published: The published ones.
  static func presets<Configuration: TaskConfiguration>(
    _ name: String, _ summary: String,
    ours: @escaping @Sendable (CitationDataset, MethodName) -> Configuration,
    published: @escaping @Sendable (CitationDataset, MethodName) -> Configuration
  ) -> [Preset<Configuration>] {
    allCases.flatMap { dataset in
      let (name, summary) = ("\(name)-\(dataset.rawValue)", "\(summary) \(dataset.title)")
      return [
        Preset(name, summary) { ours(dataset, $0) },
        Preset("\(name)-published", "\(summary), settings of the 2020 paper") { published(dataset, $0) },
      ]
    }
  }
}
