import Foundation
import Basics
import Datasets
import Recommendation
import TestSupport
import Testing
import Training

/// Lines in Criteo's format.
enum CriteoLines {
  /// A line whose integers and categories are a function of its number.
  static func line(_ number: Int) -> String {
    let integers = (0..<13).map { column in
      (number + column) % 5 == 0 ? "" : "\((number * 7 + column * 3) % 40 - (column == 1 ? 3 : 0))"
    }
    let categories = (0..<26).map { column in
      (number + column) % 11 == 0 ? "" : hexadecimal((number % (column + 2)) * 97 + column)
    }
    return (["\(number % 4 == 0 ? 1 : 0)"] + integers + categories).joined(separator: "\t")
  }

  /// Eight digits.
  static func hexadecimal(_ number: Int) -> String {
    let digits = String(UInt32(truncatingIfNeeded: number &* 2_654_435_761), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  static func text(_ count: Int) -> String { (0..<count).map { line($0) + "\n" }.joined() }
}

/// What a plain program makes of rows: the published rules, by dictionaries of strings.
struct PlainPreparation {
  let vocabularies: [[String: Int]]
  /// The values of each row, and its label.
  let rows: [(values: [String], label: Int)]

  /// - Parameter counted: The rows whose values are counted.
  init(criteo lines: [String], counted: [Int], minimumCount: Int) {
    rows = lines.map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let integers = cells[1...13].map { cell -> String in
        guard let number = Int(cell) else { return "NULL" }
        return number > 2 ? "\(Int(pow(log(Double(number)), 2)))" : "\(number - 2)"
      }
      return (integers + cells[14...39], Int(cells[0]) ?? -1)
    }
    let rows = rows
    vocabularies = (0..<39).map { field in
      var counts: [String: Int] = [:]
      for row in counted { counts[rows[row].values[field], default: 0] += 1 }
      return counts.filter { $0.value >= minimumCount }
    }
  }
}

extension PreparedData {
  /// All rows of a part in their order: features, and labels.
  func all(_ split: Split) throws -> (features: [[Int]], labels: [Int]) {
    let batch = try batch(split, 0..<count(split))
    let scalars = batch.features.scalars(Int64.self).map(Int.init)
    return (
      stride(from: 0, to: scalars.count, by: fieldCount).map { Array(scalars[$0..<$0 + fieldCount]) },
      batch.labels.scalars(Float.self).map { Int($0) }
    )
  }

  /// The values of a row's features as texts; nil for one out of the vocabulary.
  func values(_ features: [Int], _ vocabulary: Vocabulary) -> [String?] {
    features.enumerated().map { field, feature in
      vocabulary.fields[field].value(feature - fields[field].offset)
    }
  }
}

/// Prepares text by a schema.
func prepare(
  _ text: String, _ schema: RowSchema, shares: SplitShares = .published,
  _ settings: PreparationSettings = .init(),
  in scratch: TemporaryFolder, named name: String = "rows.txt", threads: Int = 2,
  pieceByteCount: Int = 1 << 20
) throws -> PreparedData {
  let file = try scratch.file(name, holding: text)
  var preparation = Preparation(
    try RowSource("rows", schema, [RowSource.File(file, shares)]), settings,
    in: scratch.file("prepared-\(UUID().uuidString)"))
  preparation.threads = threads
  preparation.pieceByteCount = pieceByteCount
  return try preparation.run()
}

/// A schema of two categories.
let pairs = RowSchema(
  .comma,
  fields: [
    FieldSchema("label", .label(above: nil)), FieldSchema("a", .category), FieldSchema("b", .category),
  ])
