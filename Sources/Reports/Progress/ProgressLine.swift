import Foundation

/// Where a long piece of work stands, and the lines that say so.
struct ProgressLine {
  let label: String
  let unit: String
  let total: Int
  /// Where the work began: 0, or the step it was resumed from.
  let start: Int
  var completed: Int
  var message = ""
  /// Seconds since the work began.
  var elapsed = 0.0

  /// How many of `parts` equal parts of the work are done.
  func done(of parts: Int) -> Int {
    total > 0 ? parts * min(max(completed, 0), total) / total : parts
  }

  /// A line for a terminal, no longer than `width`: the bar takes what the words leave, and is left out when
  /// that is too little.
  func drawn(width: Int) -> String {
    let words = [rate, message, left].filter { !$0.isEmpty }
    let tail = ([percent] + words).joined(separator: "  ")
    let cells = min(width - label.count - tail.count - 4, 40)
    guard cells >= 8 else { return Self.truncated("\(label)  \(tail)", to: width) }
    let filled = done(of: cells)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
    return "\(label)  \(bar)  \(tail)"
  }

  /// A line for a log.
  var plain: String {
    let count =
      unit == "byte"
      ? "\(NumberFormat.bytes(completed)) of \(NumberFormat.bytes(total))" : "\(completed)/\(total)"
    return ([label, percent, count] + [rate, message, left].filter { !$0.isEmpty }).joined(separator: "  ")
  }

  /// The last line: how much was done in what time.
  var summary: String {
    let count = completed - start
    let amount = unit == "byte" ? NumberFormat.bytes(count) : "\(count) \(unit)\(count == 1 ? "" : "s")"
    let done = "\(amount) in \(NumberFormat.seconds(elapsed))"
    return [label, done, rate, message].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private var percent: String {
    let digits = String(done(of: 100))
    return String(repeating: " ", count: 3 - digits.count) + digits + "%"
  }

  private var perSecond: Double { elapsed > 0 ? Double(completed - start) / elapsed : 0 }

  private var rate: String { perSecond > 0 ? NumberFormat.rate(perSecond, unit: unit) : "" }

  private var left: String {
    guard perSecond > 0, completed < total else { return "" }
    return NumberFormat.seconds(Double(total - completed) / perSecond) + " left"
  }

  private static func truncated(_ line: String, to width: Int) -> String {
    line.count <= width ? line : String((line.prefix(max(width - 1, 0)) + "…").prefix(width))
  }
}
