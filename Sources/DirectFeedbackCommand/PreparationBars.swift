import DirectFeedback
import Reports

/// Shows a bar for each stage of a preparation.
final class PreparationBars {
  private let name: String
  private var stage: PreparationProgress.Stage?
  private var bar: ProgressBar?
  /// Whether anything was done.
  private(set) var worked = false
  /// Rows that an earlier process wrote or counted.
  private(set) var resumedRows = 0

  init(_ name: String) { self.name = name }

  func update(_ progress: PreparationProgress) {
    worked = true
    if progress.stage != stage {
      finish()
      stage = progress.stage
      resumedRows += progress.stage == .reading ? 0 : progress.resumed
      let unit = progress.stage == .reading ? "byte" : progress.stage == .deriving ? "file" : "row"
      bar = ProgressBar(
        label: "\(Self.words(progress.stage)) \(name)", total: max(progress.total, 1),
        startingAt: progress.resumed, unit: unit)
    }
    bar?.update(progress.completed)
  }

  func finish() {
    if stage == .deriving { bar?.update(1) }
    bar?.finish()
    bar = nil
  }

  private static func words(_ stage: PreparationProgress.Stage) -> String {
    switch stage {
    case .deriving: "derive"
    case .reading: "read"
    case .counting: "count"
    case .writing: "write"
    }
  }
}
