import Foundation
import Basics
import Datasets
import Recommendation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Preparing rows of Criteo") struct CriteoPreparationTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// Which rows are training, validation and test rows, by the documented rule.
  private func parts(_ count: Int, seed: UInt64) -> [[Int]] {
    let order = IndexPermutation(count: count, seed: derivedSeed(seed, "split/0"))
    let (training, validation) = (
      Int(0.8 * Double(count)), Int(0.8 * Double(count)) + Int(0.1 * Double(count))
    )
    var parts: [[Int]] = [[], [], []]
    for row in 0..<count {
      let place = order[row]
      parts[place < training ? 0 : place < validation ? 1 : 2].append(row)
    }
    return parts
  }

  @Test(
    "A plain program with dictionaries of strings makes the same rows",
    arguments: [PreparationSettings.VocabularyRows.training, .all])
  func agreesWithPlainProgram(_ vocabularyRows: PreparationSettings.VocabularyRows) throws {
    let lines = (0..<2_000).map(CriteoLines.line)
    let settings = PreparationSettings(seed: 3, vocabulary: vocabularyRows)
    let data = try prepare(
      lines.map { $0 + "\n" }.joined(), .criteo, settings, in: scratch, pieceByteCount: 9_973)
    let parts = parts(lines.count, seed: 3)
    let plain = PlainPreparation(
      criteo: lines, counted: vocabularyRows == .all ? Array(lines.indices) : parts[0], minimumCount: 10)
    let vocabulary = try data.vocabulary()
    #expect(data.fields.map(\.name) == (1...13).map { "I\($0)" } + (1...26).map { "C\($0)" })
    #expect(data.fields.map(\.size) == plain.vocabularies.map { $0.count + 1 })
    for (field, values) in vocabulary.fields.enumerated() {
      let counts = (1..<values.size).map { Int(values.counts[$0 - 1]) }
      #expect(counts == counts.sorted(by: >), "the most frequent first")
      for row in 1..<values.size {
        let value = try #require(values.value(row))
        #expect(plain.vocabularies[field][value] == counts[row - 1], "\(values.name) \(value)")
      }
    }
    var unseen = [0, 0, 0]
    for (split, numbers) in zip(Split.allCases, parts) {
      let (features, labels) = try data.all(split)
      #expect(labels == numbers.map { plain.rows[$0].label })
      #expect(features.count == numbers.count)
      for (row, number) in zip(features, numbers) {
        let expected = plain.rows[number].values.enumerated().map { field, value in
          plain.vocabularies[field][value] == nil ? nil : value
        }
        #expect(data.values(row, vocabulary) == expected)
        let part = Split.allCases.firstIndex(of: split) ?? 0
        unseen[part] += expected.filter { $0 == nil }.count
      }
    }
    #expect(data.summary.fields.reduce(0) { $0 + $1.unseen.training } == unseen[0])
    #expect(data.summary.fields.reduce(0) { $0 + $1.unseen.validation } == unseen[1])
    #expect(data.summary.fields.reduce(0) { $0 + $1.unseen.test } == unseen[2])
    #expect(data.summary.faults.isEmpty)
  }

  @Test("The published discretization, at its edges") func discretization() throws {
    let numbers = ["", "-3", "-1", "0", "1", "2", "3", "4", "7", "8", "100", "8191", "8192", "1000000"]
    let expected = numbers.map { text -> String in
      guard let number = Int(text) else { return "NULL" }
      return number > 2 ? "\(Int(pow(log(Double(number)), 2)))" : "\(number - 2)"
    }
    #expect(Array(expected.prefix(8)) == ["NULL", "-5", "-3", "-2", "-1", "0", "1", "1"])
    let schema = RowSchema(
      .tab, fields: [FieldSchema("y", .label(above: nil)), FieldSchema("n", .number(.logSquare))])
    let data = try prepare(
      numbers.map { "1\t\($0)\n" }.joined(), schema, shares: .training, in: scratch)
    let vocabulary = try data.vocabulary()
    #expect(try data.all(.training).features.map { data.values($0, vocabulary)[0] } == expected)
    #expect(data.summary.notes[.negativeNumber] == 2)
  }

  @Test("Neither threads, pieces nor budgets of memory change a byte") func sameBytes() throws {
    let file = try scratch.file("train.txt", holding: CriteoLines.text(3_000))
    func files(_ name: String, threads: Int, piece: Int, perCount: Int) throws -> [Data] {
      var preparation = Preparation(
        try RowSource("criteo", .criteo, [RowSource.File(file, .published)]), in: scratch.file(name))
      (preparation.threads, preparation.pieceByteCount, preparation.piecesPerCount) = (
        threads, piece, perCount
      )
      _ = try preparation.run()
      return try ["rows.bin", "vocabulary.tsv"].map { name2 in
        try Data(contentsOf: scratch.file("\(name)/\(name2)"))
      }
    }
    let one = try files("one", threads: 1, piece: 1 << 25, perCount: 4)
    // The digest in the header is of the digests of pieces.
    let many = try files("many", threads: 4, piece: 4_001, perCount: 3)
    #expect(one[0].dropFirst(128) == many[0].dropFirst(128))
    #expect(one[0].count == many[0].count && one[1] == many[1])
    #expect(try files("again", threads: 2, piece: 1 << 25, perCount: 1) == one)
  }

  @Test("Counts that are written out and begun anew add up") func spilled() throws {
    let lines = (0..<40_000).map {
      "\($0 % 2),u\($0 % 9_000),a value that is longer than eight bytes \($0 % 7_000)\n"
    }
    let file = try scratch.file("rows.csv", holding: lines.joined())
    var preparation = Preparation(
      try RowSource("rows", pairs, [RowSource.File(file, .training)]), in: scratch.file("prepared"))
    // With so many threads each has the least budget, of 1 MiB.
    (preparation.threads, preparation.memory) = (64, 64 << 20)
    let vocabulary = try preparation.run().vocabulary()
    #expect(vocabulary.fields.map(\.size) == [9_001, 7_001])
    #expect(vocabulary.fields[0].counts.reduce(0, +) == 40_000)
    #expect(Set((1...7_000).compactMap { vocabulary.fields[1].value($0) }).count == 7_000)
    #expect(vocabulary.fields[1].value(1)?.hasPrefix("a value that is longer than eight bytes ") == true)
  }

  @Test("The sample's first row is as in the file", .needsData(DatasetCatalog.criteoSample)) func sample()
    throws
  {
    var preparation = Preparation(
      try RowSource(
        "criteo", .criteo,
        [RowSource.File(try DatasetStore().file(DatasetCatalog.criteoSample, "train.txt"), .training)]),
      PreparationSettings(minimumCount: 1), in: scratch.file("prepared"))
    preparation.threads = 2
    let data = try preparation.run()
    #expect(data.summary.rows == PartCounts(training: 8_000) && data.summary.faults.isEmpty)
    #expect(abs(data.summary.positiveShare - 0.216) < 0.001)
    let (features, labels) = try data.all(.training)
    let values = data.values(features[0], try data.vocabulary())
    #expect(labels[0] == 0)
    #expect(values.prefix(6) == ["-1", "-1", "2", "-2", "52", "1"])
    #expect(values[13] == "68fd1e64" && values[38] == "9727dd16" && values[34] == "")
  }
}
