import Basics
import Foundation

/// Rows of the Frappe log: each use of an app in a context, and after it the same context with two apps, drawn by the
/// seed from all of the log with the same probability, that the user did not use in that context. The count of uses
/// (`cnt`) is left out: it is the origin of the label. A tab-separated text with a header.
///
/// The log is held in memory, about 100 bytes a row (96,203 rows at most).
///
/// **Source** He and Chua 2017, Neural Factorization Machines, section 4.1, which made Frappe's libFM files so.
struct FrappeLog: RowDerivation {
  /// The log: a header, then for each row user, item, count, and the context.
  let log: URL

  /// Negatives for each row of the log.
  static let negativeCount = 2

  var inputs: [URL] { [log] }
  var identity: String { "frappe log, \(Self.negativeCount) negatives" }

  /// The names of the fields.
  /// - Parameter withCost: Whether there is the cost, which the libFM files have and the log has not.
  static func fields(withCost: Bool) -> [String] {
    ["user", "item", "daytime", "weekday", "isweekend", "homework"] + (withCost ? ["cost"] : [])
      + ["weather", "country", "city"]
  }

  func write(to file: OutputFile, seed: UInt64) throws -> [LineFault: Int] {
    let names = Self.fields(withCost: false)
    let rows = try TextTable(log, separator: UInt8(ascii: ",")) { $0 }
    var positions: [Int] = []
    for name in names {
      guard let position = rows.names.firstIndex(of: name) else {
        throw PreparationError.header(
          path: log.path, reason: "has no '\(name)' among \(rows.names.joined(separator: ", "))")
      }
      positions.append(position)
    }
    let (user, item) = (positions[0], positions[1])
    var (apps, isKnown) = ([String](), Set<String>())
    var used: [String: Set<String>] = [:]
    func context(_ row: [String]) -> String {
      ([row[user]] + positions.dropFirst(2).map { row[$0] }).joined(separator: "\t")
    }
    for row in rows.rows {
      if isKnown.insert(row[item]).inserted { apps.append(row[item]) }
      used[context(row), default: []].insert(row[item])
    }
    var numbers = RandomNumbers(seed: derivedSeed(seed, "negatives"))
    var text = Data((["label"] + names).joined(separator: "\t").utf8 + [10])
    func append(_ label: Int, _ row: [String], app: String) {
      let cells = positions.map { $0 == item ? app : row[$0] }
      text.append(contentsOf: "\(label)\t\(cells.joined(separator: "\t"))\n".utf8)
    }
    for row in rows.rows {
      append(1, row, app: row[item])
      var taken = used[context(row)] ?? []
      guard taken.count + Self.negativeCount <= apps.count else {
        throw PreparationError.setting(
          name: log.path,
          reason:
            "a user used \(taken.count) of \(apps.count) apps in a context, which leaves no two as negatives")
      }
      for _ in 0..<Self.negativeCount {
        var app = apps[numbers.next(below: apps.count)]
        while !taken.insert(app).inserted { app = apps[numbers.next(below: apps.count)] }
        append(0, row, app: app)
      }
      if text.count > 1 << 20 {
        try file.append(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try file.append(text)
    return rows.faults
  }
}
