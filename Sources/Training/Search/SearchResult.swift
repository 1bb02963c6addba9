import Basics
import FeedbackAlignment
import Reports

/// What a search found, the best trial first.
public struct SearchResult: Encodable, Equatable, Sendable {
  /// What one trial reached in the validation.
  public struct Trial: Equatable, Sendable {
    /// The number of the trial, from 1.
    public let trial: Int
    /// What it set.
    public let settings: [SearchSetting]
    /// The network's parameters; nil when there was no network.
    public let parameters: Int?
    /// The validation metric over seeds; nil when a run failed.
    public let validation: Statistics?
    /// Why a run failed.
    public let failure: String?
  }

  /// The name of the task.
  public let task: String
  /// The name of the preset.
  public let preset: String
  /// How it was trained.
  public let method: MethodName
  /// Where it ran.
  public let device: String
  /// The seeds of every trial.
  public let seeds: [UInt64]
  /// The validation metric by which trials are ranked.
  public let metric: Metric
  /// The trials, the best first, failed ones last.
  public let trials: [Trial]
  /// The command that compares the best settings with other seeds; empty when nobody said one.
  public var compare = ""

  init(
    task: String, preset: String, method: MethodName, device: String, seeds: [UInt64], metric: Metric,
    settings: [[SearchSetting]], records: [[SearchRecord]]
  ) {
    (self.task, self.preset, self.method, self.device) = (task, preset, method, device)
    (self.seeds, self.metric) = (seeds, metric)
    trials = zip(1..., zip(settings, records)).map { number, trial in
      Trial(number, trial.0, trial.1, seeds: seeds)
    }.sorted { $0.isBetter(than: $1, metric) }
  }

  /// The best trial; nil when every one failed.
  public var best: Trial? { trials.first { $0.validation != nil } }

  /// A row for each trial: rank, settings, validation metric, parameters.
  public var table: Table {
    let keys = trials.first?.settings.map(\.key) ?? []
    let title = metric.title(on: .validation)
    return Table(
      columns: [TableColumn("rank", .right)] + keys.map { TableColumn($0, .right) }
        + [TableColumn(title, .right), TableColumn("parameters", .right), TableColumn("trial", .right)],
      rows: zip(1..., trials).map { rank, trial in
        let value = trial.validation.map {
          NumberFormat.meanAndDeviation(
            $0.mean, $0.values.count > 1 ? $0.std : nil, percent: metric.isFraction)
        }
        return [trial.validation == nil ? "–" : "\(rank)"] + trial.settings.map(\.value)
          + [value ?? "failed", trial.parameters.map(String.init) ?? "–", "\(trial.trial)"]
      })
  }

  private enum CodingKeys: String, CodingKey {
    case task, preset, method, device, seeds, metric, trials, compare
  }

  /// Writes the metric by its name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(task, forKey: .task)
    try container.encode(preset, forKey: .preset)
    try container.encode(method, forKey: .method)
    try container.encode(device, forKey: .device)
    try container.encode(seeds, forKey: .seeds)
    try container.encode(metric.name(on: .validation), forKey: .metric)
    try container.encode(trials, forKey: .trials)
    try container.encode(compare, forKey: .compare)
  }
}

extension SearchResult.Trial: Encodable {
  private enum CodingKeys: String, CodingKey {
    case trial, settings, parameters, mean, std, values, failure
  }

  /// Writes the settings as one object, and the statistics or the failure beside them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(trial, forKey: .trial)
    try container.encode(
      Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.value) }), forKey: .settings)
    try container.encodeIfPresent(parameters, forKey: .parameters)
    try container.encodeIfPresent(validation?.mean, forKey: .mean)
    try container.encodeIfPresent(validation?.std, forKey: .std)
    try container.encodeIfPresent(validation?.values, forKey: .values)
    try container.encodeIfPresent(failure, forKey: .failure)
  }

  fileprivate init(_ number: Int, _ settings: [SearchSetting], _ records: [SearchRecord], seeds: [UInt64]) {
    trial = number
    self.settings = settings
    parameters = records.compactMap(\.parameters).first
    failure = records.compactMap(\.failure).first
    let values = seeds.compactMap { seed in records.first { $0.seed == seed }?.validation }
    validation = failure == nil && !values.isEmpty ? Statistics(values) : nil
  }

  /// By the mean, then by fewer parameters, then by number.
  fileprivate func isBetter(than other: Self, _ metric: Metric) -> Bool {
    guard let mean = validation?.mean else { return other.validation == nil && trial < other.trial }
    guard let otherMean = other.validation?.mean else { return true }
    if mean != otherMean { return metric.isBetter(mean, than: otherMean) }
    let (size, otherSize) = (parameters ?? .max, other.parameters ?? .max)
    return size != otherSize ? size < otherSize : trial < other.trial
  }
}
