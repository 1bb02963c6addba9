import Synchronization

/// Adds up progress from several threads.
final class ProgressMeter {
  private let stage: PreparationProgress.Stage
  private let total: Int
  private let resumed: Int
  private let progress: (PreparationProgress) -> Void
  private let completed: Mutex<Int>

  init(
    _ stage: PreparationProgress.Stage, _ total: Int, resumed: Int,
    _ progress: @escaping (PreparationProgress) -> Void
  ) {
    (self.stage, self.total, self.resumed, self.progress) = (stage, total, resumed, progress)
    completed = Mutex(resumed)
  }

  func add(_ count: Int) {
    completed.withLock { completed in
      completed = min(completed + count, total)
      progress(PreparationProgress(stage: stage, completed: completed, total: total, resumed: resumed))
    }
  }
}
