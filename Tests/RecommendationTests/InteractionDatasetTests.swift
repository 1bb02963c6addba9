import Datasets
import Foundation
import Recommendation
import TestConditions
import TestSupport
import Testing
import Torch
import Training

@Suite("Rows by name") struct InteractionDatasetTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func prepared(
    _ dataset: InteractionDataset, seed: UInt64 = 0, _ store: DatasetStore = DatasetStore()
  ) throws
    -> PreparedData
  {
    try Preparation(
      dataset.source(from: store), PreparationSettings(seed: seed),
      in: scratch.file("\(dataset)-\(UUID().uuidString)")
    ).run()
  }

  @Test("Frappe: the parts, their rows and fields", .needsData(DatasetCatalog.frappe)) func frappe() throws {
    let data = try prepared(.frappe)
    #expect(data.summary.rows == PartCounts(training: 57_722, validation: 14_430, test: 14_430))
    #expect(data.summary.faults.isEmpty)
    // Two negatives for each positive.
    #expect(abs(data.summary.positiveShare - 1.0 / 3) < 0.01)
    #expect(data.fieldCount == 10 && data.tableSize < 5_382 + 10)
    #expect(
      data.fields.map(\.name) == [
        "user", "item", "daytime", "weekday", "isweekend", "homework", "cost", "weather", "country", "city",
      ])
    // The README: 7 times of day, 7 days, 2, 3, 2, 9.
    #expect(data.fields[2...7].map(\.size) == [8, 8, 3, 4, 3, 10])
    let vocabulary = try data.vocabulary()
    // Which line of the file is the first training row: the first.
    let first = try data.all(.training).features[0]
    #expect(
      data.values(first, vocabulary).compactMap { $0 } == [
        "266", "1244", "5042", "5049", "5054", "5055", "5058", "5062", "5074", "5149",
      ])
  }

  @Test("Frappe log: two unused apps for each use", .needsData(DatasetCatalog.frappeLog)) func frappeLog()
    throws
  {
    let data = try prepared(.frappeLog)
    #expect(data.summary.rows.total == 3 * 94_716 && data.summary.positives.total == 94_716)
    #expect(data.summary.rows == PartCounts(training: 198_903, validation: 56_829, test: 28_416))
    #expect(
      data.fields.map(\.name) == [
        "user", "item", "daytime", "weekday", "isweekend", "homework", "weather", "country", "city",
      ])
    let vocabulary = try data.vocabulary()
    // No row is both.
    var labels: [[String?]: Int] = [:]
    for split in Split.allCases {
      let (features, answers) = try data.all(split)
      // Only rows of which every value is known tell which rows they were.
      for (row, label) in zip(features, answers) {
        let values = data.values(row, vocabulary)
        if values.contains(nil) { continue }
        #expect(labels[values] ?? label == label)
        labels[values] = label
      }
    }
    #expect(try prepared(.frappeLog, seed: 1).digest != data.digest)
  }

  @Test("Negatives are drawn by the seed, from other apps, with the same context") func negatives() throws {
    let log =
      (["user,item,cnt,daytime,weekday,isweekend,homework,weather,country,city"]
      + (0..<50).map { "\($0 % 5),app\($0 % 10),\($0),\($0 % 2),1,1,1,1,1,1" }).joined(separator: "\n")
      + "\n1,2\n"
    let file = try scratch.file("frappe/log.csv", holding: log)
    func rows(_ seed: UInt64, _ name: String) throws -> ([[String]], PreparedSummary) {
      let data = try Preparation(
        try InteractionDataset.frappeLogSource(file, shares: .training),
        PreparationSettings(seed: seed, malformedLimit: 0.02), in: scratch.file(name)
      ).run()
      let vocabulary = try data.vocabulary()
      let (features, labels) = try data.all(.training)
      return (
        zip(features, labels).map { ["\($1)"] + data.values($0, vocabulary).map { $0 ?? "?" } }, data.summary
      )
    }
    let (first, summary) = try rows(0, "a")
    #expect(first.count == 150 && summary.faults[.tooFewColumns]?.count == 1)
    let used = Set(stride(from: 0, to: 150, by: 3).map { first[$0].dropFirst() })
    for row in stride(from: 0, to: 150, by: 3) {
      #expect((0..<3).map { first[row + $0][0] } == ["1", "0", "0"])
      for negative in [first[row + 1], first[row + 2]] {
        #expect(negative[1] == first[row][1] && negative[3...] == first[row][3...])
        #expect(!used.contains(negative.dropFirst()))
      }
      #expect(first[row + 1][2] != first[row + 2][2])
    }
    #expect(try rows(0, "b").0 == first)
    #expect(try rows(1, "c").0 != first)
  }

  @Test("MovieLens-100k: ratings above 3, beside users and films", .needsData(DatasetCatalog.movieLens100k))
  func movieLens() throws {
    let data = try prepared(.movieLens)
    #expect(data.summary.rows == PartCounts(training: 70_000, validation: 20_000, test: 10_000))
    // 34,174 ratings of 4 and 21,201 of 5.
    #expect(data.summary.positives.total == 55_375)
    #expect(
      data.fields.map(\.name) == [
        "user_id", "item_id", "age", "gender", "occupation", "zip_code", "release_year", "class",
      ])
    #expect(data.fields[0].size == 944 && data.fields[3].size == 3 && data.fields[4].size == 22)
  }

  @Test("MovieLens: what is known of users and films stands beside each rating") func movieLensRows() throws {
    try scratch.file(
      "m/ml-100k.inter",
      holding:
        "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t7\t4\t9\n2\t8\t3\t9\n3\t7\t5\t9\n")
    try scratch.file(
      "m/ml-100k.user",
      holding:
        "user_id:token\tage:token\tgender:token\toccupation:token\tzip_code:token\n1\t24\tM\tother\t85711\n2\t53\tF\tother\t94043\n"
    )
    try scratch.file(
      "m/ml-100k.item",
      holding:
        "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n7\tToy Story\t1995\tAnimation Comedy\n8\tGoldenEye\t1996\tAction\n"
    )
    let data = try Preparation(
      try InteractionDataset.movieLensSource(scratch.file("m"), shares: .training), in: scratch.file("p")
    ).run()
    let vocabulary = try data.vocabulary()
    let (features, labels) = try data.all(.training)
    #expect(labels == [1, 0, 1])
    #expect(
      features.map { data.values($0, vocabulary).map { $0 ?? "?" } } == [
        ["1", "7", "24", "M", "other", "85711", "1995", "Animation Comedy"],
        ["2", "8", "53", "F", "other", "94043", "1996", "Action"],
        ["3", "7", "", "", "", "", "1995", "Animation Comedy"],
      ])
  }

  @Test("Avazu: parts are given, and only the first has a header", .needsData(DatasetCatalog.avazuSample))
  func avazu() throws {
    let data = try prepared(.avazu)
    #expect(data.summary.rows == PartCounts(training: 8_087, validation: 480, test: 432))
    #expect(data.fieldCount == 22 && data.summary.faults.isEmpty)
    #expect(throws: PreparationError.self) {
      try InteractionDataset.avazu.source(from: DatasetStore(), shares: .published)
    }
  }

  @Test("Criteo: the file of any length that is there") func criteo() throws {
    try scratch.file("criteo/train.txt", holding: CriteoLines.text(200))
    let store = DatasetStore(
      explicit: scratch.url, environment: ["XDG_CACHE_HOME": scratch.file("cache").path])
    let data = try prepared(.criteo, store)
    #expect(data.summary.rows == PartCounts(training: 160, validation: 20, test: 20))
    let nowhere = DatasetStore(environment: ["XDG_CACHE_HOME": scratch.file("nowhere").path])
    #expect(throws: DataError.self) { try InteractionDataset.criteo.source(from: nowhere) }
    let cached = Preparation(try InteractionDataset.criteo.source(from: store), cachedIn: store)
    #expect(cached.folder.path.hasPrefix(scratch.file("prepared/criteo-").path))
  }
}
