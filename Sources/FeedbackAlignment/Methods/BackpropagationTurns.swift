import Networks
import Torch

/// Which steps of a method are made by backpropagation, and how many have been.
///
/// An epoch whose length is not known does not end: outside a run, a span of epochs is longer than any training.
struct BackpropagationTurns {
  /// Which steps.
  enum Place {
    /// The first of every span, and so that of training.
    case firstOfEverySpan
    /// All of the first span.
    case firstSpan
  }

  private struct Rule {
    let place: Place
    let span: Span
    let key: String
    /// The steps of the span.
    var length: Int

    func applies(to step: Int) -> Bool {
      switch place {
      case .firstOfEverySpan: step % length == 0
      case .firstSpan: step < length
      }
    }
  }

  private var rules: [Rule]
  private var steps = 0
  private var stepsByBP = 0

  /// - Parameters:
  ///   - place: Which steps.
  ///   - span: The span.
  ///   - key: The key of its setting.
  init(_ place: Place, _ span: Span, key: String) {
    rules = [Rule(place: place, span: span, key: key, length: span.steps(stepsPerEpoch: nil) ?? .max)]
  }

  /// The steps of either.
  mutating func add(_ other: BackpropagationTurns) { rules += other.rules }

  /// Takes notice of an epoch's length.
  /// - Throws: `SettingError` where a span counts epochs and there are none.
  mutating func prepare(stepsPerEpoch: Int?) throws(SettingError) {
    for index in rules.indices {
      let rule = rules[index]
      rules[index].length = max(try rule.span.steps(stepsPerEpoch: stepsPerEpoch, key: rule.key), 1)
    }
  }

  /// Whether the present step is made by backpropagation.
  var isNow: Bool { rules.contains { $0.applies(to: steps) } }

  /// Counts the present step, if the batch just seen was its last.
  mutating func count(_ context: StepContext) {
    guard context.gradients.isLastBatch else { return }
    stepsByBP += isNow ? 1 : 0
    steps += 1
  }

  private static let countKey = "stepsByBP"

  /// The steps made by backpropagation, by the name that records give it.
  var counts: [String: Int] { [BackpropagationTurns.countKey: stepsByBP] }

  /// What a checkpoint must keep.
  var state: [String: Tensor] {
    ["steps": steps, BackpropagationTurns.countKey: stepsByBP].mapValues { Tensor(Double($0), dtype: .int64) }
  }

  /// Takes over the numbers of a checkpoint.
  /// - Throws: ``FeedbackMatrixError`` when they are none.
  mutating func restore(_ state: [String: Tensor]) throws {
    steps = try state.count(of: "steps")
    stepsByBP = try state.count(of: BackpropagationTurns.countKey)
  }
}
