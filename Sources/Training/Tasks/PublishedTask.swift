import Foundation

/// A task for which the authors of a paper published weights.
public protocol PublishedTask: TrainingTask {
  /// The preset that their weights fit.
  static var publishedPreset: String { get }
  /// Takes over the weights of a file of theirs.
  /// - Throws: `DataError` when it is damaged, or not of the task's network.
  func loadPublished(_ file: URL) throws
}
