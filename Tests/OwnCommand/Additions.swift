import DirectFeedback
import Foundation
import TestSupport

/// Backpropagation under another name.
let copy = MethodDescription(
  MethodName("copy"), title: "Copy", reference: "nobody 2026", summary: "backpropagation", tuning: .bp
) { _, _ in Backpropagation() }

/// Multiplies the signals of a method that sends some.
func scaling(_ name: String, by factor: Double) -> MethodWrapper {
  MethodWrapper(name, title: name, reference: "nobody 2026", summary: "\(factor) times the signals") {
    method, _, _ in
    (method as? any FeedbackMethod).map { Scaled($0, by: factor) } ?? method
  }
}

private final class Scaled: FeedbackMethod {
  private let method: any FeedbackMethod
  private let factor: Double

  init(_ method: any FeedbackMethod, by factor: Double) { (self.method, self.factor) = (method, factor) }

  var level: FeedbackPoint.Level { method.level }
  var state: [String: Tensor] { method.state }

  func signals(at points: [Crossing], _ errors: [OutputGradient]) -> FeedbackSignals {
    let signals = method.signals(at: points, errors)
    return FeedbackSignals(count: points.count) { [factor] index in signals[index].map { $0 * factor } }
  }

  func restore(_ state: [String: Tensor]) throws { try method.restore(state) }
}

/// A table over sizes, which is drawn too.
let sizes = Reproduction(
  "sizes", title: "Toys of two sizes", source: "nobody 2026, table 1", rowTitle: "units",
  columnTitle: "data", isCurve: true,
  cells: [4, 8].map { units in
    ReproductionCell(
      row: "\(units)", column: "toys", task: ToyTask.self, preset: "debug", settings: ["hidden=[\(units)]"],
      quantity: .test(.accuracy), paper: [.dfa: 0.5], methods: [.dfa, MethodName("copy")])
  })

/// A data set of two files, "hello world\n" and "12345\n", that come from the folder in `OWN_SERVER`.
let small = Dataset(
  name: "small", summary: "two small files", folder: "small",
  files: [
    DatasetFile("a.txt", 12, "a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447"),
    DatasetFile("b.txt", 6, "f33ae3bc9a22cd7564990a794789954409977013966fb1a8f43c35776b833a95"),
  ],
  sources: [
    .url(template: "file://\(ProcessInfo.processInfo.environment["OWN_SERVER"] ?? "/nowhere")/{file}")
  ])
