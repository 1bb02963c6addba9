import Basics

/// What a run gave: a line of a ledger.
public struct RunEntry: Codable, Sendable {
  /// What decided it.
  public let key: RunKey
  /// The preset, for people; the key has all that it says.
  public let preset: String
  /// `key=value` over the preset, for people.
  public let settings: [String]
  /// The network's parameters; nil when there was no network.
  public let parameters: Int?
  /// The selected evaluation of the validation data; nil when the run failed.
  public let selected: TrainingRecord?
  /// What the selected weights reached on the test data too, and their alignment; nil when nobody asked, as in a search,
  /// or the run failed.
  public let result: TrainingResult?
  /// Why the run failed, such as that it diverged.
  public let failure: String?
  /// The time of a step, in seconds; nil when there was none.
  public let secondsPerStep: Timing?
  /// Peak memory of tensors, in bytes.
  public let peakBytes: Int
  /// All records, for curves.
  public let history: [TrainingRecord]
  /// What the selected weights show, which is no part of a line: a ledger keeps it in files; nil where the task shows no pictures.
  var pictures: TaskPictures? = nil

  private enum CodingKeys: String, CodingKey {
    case key, preset, settings, parameters, selected, result, failure, secondsPerStep, peakBytes, history
  }
}
