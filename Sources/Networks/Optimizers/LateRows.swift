import Synchronization
import Torch

/// The rows of a table that Adam moves when they are next read, by as many steps as they have not made: exactly what moving every
/// row in every step gives, at the cost of the rows that are read.
///
/// A row without a gradient moves too, along its moments and its weight decay. Those steps are the row's own affair, so they
/// are made together when the row is wanted: before the forward pass that reads it, or with all others when the whole table is.
final class LateRows: Sendable {
  private struct State {
    /// How many steps each row has made.
    let made: Tensor
    /// How many steps every row has made.
    var first: Int
    /// The steps after those.
    var steps: [FusedOptimizers.RowStep] = []
  }

  private let table: Tensor
  private let moments: (Tensor, Tensor)
  private let count: Tensor
  private let settings: FusedOptimizers.RowMoments
  private let state: Mutex<State>

  /// - Parameters:
  ///   - parameter: The table, on the CPU.
  ///   - moments: Its moments.
  ///   - count: The number of steps, a scalar.
  ///   - settings: Of Adam.
  init(
    _ parameter: Parameter, moments: (Tensor, Tensor), count: Tensor, _ settings: FusedOptimizers.RowMoments
  ) {
    table = parameter.tensor
    (self.moments, self.count, self.settings) = (moments, count, settings)
    let given = count.item
    let first = Int(exactly: given).flatMap { (0...1 << 53).contains($0) ? $0 : nil } ?? 0
    if Double(first) != given {
      fail("steps of '\(parameter.path)'", "their number is \(given), and must be a whole number from 0 on")
    }
    state = Mutex(State(made: .full([parameter.tensor.shape[0]], Double(first), dtype: .int64), first: first))
  }

  /// One step: of the rows with a gradient now, of the others late.
  func step(_ gradient: RowGradient, rate: Double) {
    state.withLock { state in
      state.steps.append(settings.step(state.first + state.steps.count + 1, rate: rate))
      count.copy(from: count + 1)
      move(gradient.indices, along: gradient.values, &state)
    }
  }

  /// Makes the steps that rows have not made; of all when nil.
  func bringUpToDate(_ rows: Tensor?) {
    state.withLock { state in
      guard !state.steps.isEmpty else { return }
      // A row that is read twice is brought up by whoever comes first, which must not be two threads.
      let unique = rows.map {
        SparseRows(adding: .zeros($0.shape + [0]), at: $0, rowCount: table.shape[0]).indices
      }
      move(unique, along: nil, &state)
      if rows == nil {
        state.first += state.steps.count
        state.steps = []
      }
    }
  }

  private func move(_ rows: Tensor?, along gradient: Tensor?, _ state: inout State) {
    FusedOptimizers.adamRows(
      table, moments: moments, rowSteps: state.made, rows: rows, gradient: gradient, steps: state.steps,
      firstStep: state.first, settings)
  }
}
