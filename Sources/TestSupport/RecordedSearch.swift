import Foundation

/// What a search printed that is kept in Results.
public struct RecordedSearch: Decodable {
  /// A setting that was tried.
  public struct Trial: Decodable {
    /// The keys and their values.
    public let settings: [String: String]
    /// The mean of the metric over seeds.
    public let mean: Double
    /// The settings as `--set` takes them.
    public var assignments: [String] { settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }
  }

  /// The task.
  public let task: String
  /// The preset that the settings changed.
  public let preset: String
  /// How it was trained.
  public let method: String
  /// The seeds of each setting.
  public let seeds: [UInt64]
  /// What was to be great.
  public let metric: String
  /// The settings, the best first.
  public let trials: [Trial]

  /// The searches in folders of that name in Results.
  public static func all(in name: String) throws -> [Self] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let manager = FileManager.default
    let days = try manager.contentsOfDirectory(
      at: root.appendingPathComponent("Results"), includingPropertiesForKeys: nil)
    return try days.map { $0.appendingPathComponent(name) }.filter { manager.fileExists(atPath: $0.path) }
      .flatMap { try manager.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil) }
      .sorted { $0.path < $1.path }
      .map { try JSONDecoder().decode(Self.self, from: Data(contentsOf: $0)) }
  }
}
