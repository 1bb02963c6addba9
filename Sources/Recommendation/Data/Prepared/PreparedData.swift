import Foundation
import Torch
import Training

/// Prepared rows in a folder, read straight from the mapped file: opening it takes no memory for rows, and batches
/// take theirs alone. What the system keeps of the file in its page cache goes when memory is short.
public final class PreparedData: Sendable {
  /// The folder.
  public let folder: URL
  /// What was prepared, of what and how.
  public let summary: PreparedSummary
  private let layout: PreparedLayout
  private let file: RandomAccessFile
  private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Opens the rows of a folder.
  /// - Throws: ``PreparationError``: `.notPrepared`, `.damaged`; `FileError`.
  public init(_ folder: URL) throws {
    self.folder = folder
    summary = try PreparedSummary(in: folder)
    file = try RandomAccessFile(reading: Self.rows(in: folder))
    guard file.byteCount > 0 else {
      throw PreparationError.damaged(path: file.path, reason: "is empty")
    }
    let bytes = try file.mapped()
    guard let layout = PreparedLayout(bytes), layout.digest == summary.digest, layout.rows == summary.rows,
      layout.offsets == summary.fields.map(\.offset) + [summary.tableSize]
    else {
      RandomAccessFile.unmap(bytes)
      throw PreparationError.damaged(
        path: file.path, reason: "is cut off, or not the file of rows that prepared.json tells of")
    }
    (self.layout, self.bytes) = (layout, bytes)
  }

  deinit { RandomAccessFile.unmap(bytes) }

  static func rows(in folder: URL) -> URL { folder.appendingPathComponent("rows.bin") }
  static func vocabulary(in folder: URL) -> URL { folder.appendingPathComponent("vocabulary.tsv") }

  /// F, the number of fields of a row.
  public var fieldCount: Int { layout.fieldCount }
  /// The fields, in the order of a row's features.
  public var fields: [PreparedSummary.Field] { summary.fields }
  /// How many rows the table of all fields has.
  public var tableSize: Int { summary.tableSize }
  /// A digest of sources and settings, by which changed data are noticed.
  public var digest: String { summary.digest }

  /// The length of the file of rows, in bytes.
  public var byteCount: Int { layout.byteCount }

  /// How many rows a part has.
  public func count(_ split: Split) -> Int {
    switch split {
    case .training: layout.rows.training
    case .validation: layout.rows.validation
    case .test: layout.rows.test
    }
  }

  /// Rows of a part.
  /// - Parameters:
  ///   - split: The part.
  ///   - numbers: Their numbers in the part, from 0 on, in any order; ends the process for one that the part does not have.
  /// - Throws: ``PreparationError/damaged(path:reason:)`` where the file has a feature that its field does not.
  public func batch(_ split: Split, _ numbers: some RandomAccessCollection<Int>) throws -> FeatureBatch {
    let first =
      switch split {
      case .training: 0
      case .validation: layout.rows.training
      case .test: layout.rows.training + layout.rows.validation
      }
    let (count, fieldCount, partCount) = (numbers.count, layout.fieldCount, self.count(split))
    let offsets = layout.offsets
    var isDamaged = false
    let labels = [Float](unsafeUninitializedCapacity: count) { labels, initialized in
      for (place, number) in numbers.enumerated() {
        guard number >= 0, number < partCount else {
          fatalError(
            "PreparedData: there is no row \(number) among the \(partCount) \(split.rawValue) rows of \(folder.path)"
          )
        }
        labels.initializeElement(at: place, to: Float(bytes[layout.labels + first + number]))
      }
      initialized = count
    }
    let features = [Int64](unsafeUninitializedCapacity: count * fieldCount) { features, initialized in
      offsets.withUnsafeBufferPointer { offsets in
        var place = 0
        for number in numbers {
          let row = layout.features + 4 * fieldCount * (first + number)
          for field in 0..<fieldCount {
            let feature = Int(
              Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: row + 4 * field, as: Int32.self)))
            isDamaged = isDamaged || feature < offsets[field] || feature >= offsets[field + 1]
            features.initializeElement(at: place, to: Int64(feature))
            place += 1
          }
        }
      }
      initialized = count * fieldCount
    }
    guard !isDamaged else {
      throw PreparationError.damaged(path: file.path, reason: "has a feature that its field does not have")
    }
    return FeatureBatch(features: Tensor(features, shape: [count, fieldCount]), labels: Tensor(labels))
  }

  /// The values that have rows of the table.
  /// - Throws: ``PreparationError/damaged(path:reason:)``.
  public func vocabulary() throws -> Vocabulary {
    let url = Self.vocabulary(in: folder)
    let vocabulary = try Vocabulary(contentsOf: url, schema: summary.schema)
    guard vocabulary.offsets == layout.offsets else {
      throw PreparationError.damaged(
        path: url.path, reason: "has other values than the rows were prepared with")
    }
    return vocabulary
  }
}
