/// A part of a task's data.
public enum Split: String, Codable, Hashable, CaseIterable, Sendable {
  /// What parameters are trained on.
  case training = "train"
  /// What settings and weights are chosen by.
  case validation
  /// What is reported, once, of what was chosen.
  case test

  /// What people call it.
  var title: String { self == .training ? "training" : rawValue }
}
