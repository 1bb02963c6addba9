import FeedbackAlignment
import Training

extension Preset {
  /// For each citation network a preset `<name>-<network>` with our settings, and `<name>-<network>-published` with
  /// those of the 2020 paper's published code.
  /// - Parameters:
  ///   - name: What names begin with.
  ///   - summary: What summaries say before the name of the citation network.
  ///   - ours: Our settings for a method.
  ///   - published: The published ones.
  static func citations(
    _ name: String, _ summary: String,
    ours: @escaping @Sendable (GraphConfiguration.Citations, MethodName) -> Configuration,
    published: @escaping @Sendable (GraphConfiguration.Citations, MethodName) -> Configuration
  ) -> [Preset] {
    GraphConfiguration.Citations.allCases.flatMap { dataset in
      let (name, summary) = ("\(name)-\(dataset.rawValue)", "\(summary) \(dataset.title)")
      return [
        Preset(name, summary) { ours(dataset, $0) },
        Preset("\(name)-published", "\(summary), settings of the 2020 paper") { published(dataset, $0) },
      ]
    }
  }
}
