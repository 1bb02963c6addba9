import Basics
import Foundation
import Reports

/// What figures of methods over seeds allow to conclude, in two sentences: how each method stands to the first one, and what
/// that rests on.
package struct Conclusion {
  /// What one method reached.
  package struct Figures {
    /// What to call the method.
    package let title: String
    /// The metric by seed.
    package let values: [UInt64: Double]
    /// Whether runs of the method came to nothing.
    package var hasFailures = false

    /// Figures of a method.
    package init(title: String, values: [UInt64: Double], hasFailures: Bool = false) {
      (self.title, self.values, self.hasFailures) = (title, values, hasFailures)
    }
  }

  /// What the methods differ in beside themselves.
  package struct Differences: OptionSet {
    package let rawValue: Int
    package static let settings = Differences(rawValue: 1)
    package static let sizes = Differences(rawValue: 2)

    package init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// The chance of a claim where there is no difference, over all methods that are compared with the first one.
  static let level = 0.05

  /// What was measured, on the test data.
  package let metric: Metric
  /// The methods, of which the first is what the others are compared with.
  package let methods: [Figures]
  /// What they differ in beside themselves.
  package let differences: Differences

  /// A conclusion from figures.
  package init(metric: Metric, methods: [Figures], differences: Differences = []) {
    (self.metric, self.methods, self.differences) = (metric, methods, differences)
  }

  /// The sentences.
  ///
  /// A difference is claimed where a paired t-test over seeds has a probability below 5 %, divided by the number of methods
  /// that are compared with the first one.
  package var text: String {
    guard let first = methods.first else { return "No run came to its end, so there is nothing to conclude." }
    let others = methods.dropFirst()
    guard !others.isEmpty else {
      return
        "One method alone was trained, so there is nothing to compare it with. What it reaches is of these settings"
        + (first.values.count == 1 ? " and one seed." : ", over \(first.values.count) seeds.")
    }
    let title = "\(Split.test.title) \(metric.title)"
    let seeds = Set(methods.flatMap(\.values.keys)).sorted()
    guard seeds.count > 1 else {
      let figures = methods.map { "\($0.title) \($0.values.values.first.map { figure($0, " %") } ?? "none")" }
      return
        "One seed allows no claim about the \(title) (\(figures.joined(separator: ", "))), for nobody knows how far another "
        + "seed would lead. \(basis)"
    }
    let verdicts = others.map { verdict($0, against: first, seeds) }
    return
      "By \(title) over \(seeds.count) seeds \(verdicts.joined(separator: "; ")) (paired t-test over seeds, level "
      + "\(NumberFormat.general(100 * Self.level)) %\(others.count > 1 ? " in all" : "")). \(basis)"
  }

  private func verdict(_ method: Figures, against first: Figures, _ seeds: [UInt64]) -> String {
    let pairs = seeds.map { (method.values[$0], first.values[$0]) }
    guard !method.hasFailures, !first.hasFailures,
      let difference = PairedDifference(pairs.compactMap(\.0), pairs.compactMap(\.1)),
      pairs.allSatisfy({ $0.0 != nil && $0.1 != nil })
    else {
      return
        "nothing is claimed of \(method.title), which has not a result for every seed beside \(first.title)"
    }
    let probability =
      difference.probability < 0.001 ? "p < 0.001" : String(format: "p = %.3f", difference.probability)
    guard difference.probability < Self.level / Double(methods.count - 1) else {
      return "no difference between \(method.title) and \(first.title) can be claimed (\(probability))"
    }
    let isBetter = metric.isBetter(difference.mean, than: 0)
    return "\(method.title) is \(isBetter ? "better" : "worse") than \(first.title) by "
      + "\(figure(abs(difference.mean), " points")) (\(probability))"
  }

  /// What the comparison rests on: equal settings, or such as were chosen for each method.
  private var basis: String {
    guard differences.isEmpty else {
      let words = [
        differences.contains(.settings) ? "settings" : nil,
        differences.contains(.sizes) ? "numbers of parameters" : nil,
      ]
      return
        "The methods have unlike \(words.compactMap(\.self).joined(separator: " and ")), which the tables show: this "
        + "compares each method with its settings, and is as fair as the care with which these were chosen."
    }
    return
      "The methods have the same settings, which may suit one of them better than another: with settings searched for each "
      + "the order may change."
  }

  private func figure(_ value: Double, _ unit: String) -> String {
    metric.isFraction
      ? NumberFormat.meanAndDeviation(value, percent: true) + unit : NumberFormat.general(value)
  }
}

extension Comparison {
  /// What the comparison allows to conclude, in two sentences: how each method stands to the first one, which is BP where it
  /// is there, and what that rests on.
  public func conclusion(_ metric: Metric) -> String {
    let name = metric.name(on: .test)
    let reached = orderedMethods.map { method in
      // Values are in the order of seeds; where runs failed their seeds are not known, and nothing is claimed.
      Conclusion.Figures(
        title: method.name.title,
        values: Dictionary(zip(seeds, method.method.metrics[name]?.values ?? [])) { first, _ in first },
        hasFailures: failures[method.name.rawValue] != nil)
    }
    var differences: Conclusion.Differences = settings.isEmpty ? [] : .settings
    if Set(orderedMethods.map(\.method.parameters)).count > 1 { differences.insert(.sizes) }
    return Conclusion(metric: metric, methods: reached, differences: differences).text
  }
}
