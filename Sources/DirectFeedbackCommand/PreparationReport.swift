import DirectFeedback
import Reports

/// What a preparation did.
struct PreparationReport: Encodable {
  let path: String
  let digest: String
  let rows: PartCounts
  let positiveShare: Double
  let positives: PartCounts
  let features: Int
  let fields: [PreparedSummary.Field]
  let unseenShare: [String: Double]
  let malformed: [String: PreparedSummary.Fault]
  let notes: [String: Int]
  let bytes: Int
  /// Nil where everything was there already.
  let seconds: Double?
  /// Lines a second, where no earlier process had done some of it.
  let rowsPerSecond: Double?

  init(_ data: PreparedData, seconds: Double?, resumedRows: Int) {
    let summary = data.summary
    path = data.folder.path
    digest = summary.digest
    rows = summary.rows
    positives = summary.positives
    positiveShare = summary.positiveShare
    features = summary.tableSize
    fields = summary.fields
    unseenShare = [
      "train": summary.unseenShare(\.training), "validation": summary.unseenShare(\.validation),
      "test": summary.unseenShare(\.test),
    ]
    malformed = Dictionary(uniqueKeysWithValues: summary.faults.map { ($0.key.rawValue, $0.value) })
    notes = Dictionary(uniqueKeysWithValues: summary.notes.map { ($0.key.rawValue, $0.value) })
    bytes = data.byteCount
    self.seconds = seconds
    rowsPerSecond = resumedRows == 0 ? seconds.map { Double(summary.lineCount) / $0 } : nil
  }

  var text: String {
    func percent(_ share: Double?) -> String { "\(NumberFormat.general((share ?? 0) * 100)) %" }
    var facts = [
      ["rows", "\(rows.total) (\(rows.training) train, \(rows.validation) validation, \(rows.test) test)"],
      ["positive", percent(positiveShare)],
      ["features", "\(features) in \(fields.count) fields, one of each for values out of the vocabulary"],
      [
        "out of vocabulary",
        "\(percent(unseenShare["train"])) of the cells of train, \(percent(unseenShare["validation"])) of validation, "
          + "\(percent(unseenShare["test"])) of test",
      ],
    ]
    for fault in LineFault.allCases {
      if let found = malformed[fault.rawValue] {
        facts.append(["left out", "\(found.count) \(fault.title), first \(found.first)"])
      }
    }
    for note in LineNote.allCases {
      if let count = notes[note.rawValue] { facts.append(["noted", "\(count) \(note.title)"]) }
    }
    if let seconds {
      let rate =
        rowsPerSecond.map { ", \(NumberFormat.rate($0, unit: "row"))" }
        ?? ", part of it by an earlier process"
      facts.append(["time", NumberFormat.seconds(seconds) + rate])
    } else {
      facts.append(["time", "none: the same files were prepared before"])
    }
    facts.append(["in", "\(path) (\(NumberFormat.bytes(bytes)))"])
    let table = Table(columns: [TableColumn("what"), TableColumn("here")], rows: facts)
    let sizes = Table(
      columns: [
        TableColumn("field"), TableColumn("values", .right),
        TableColumn("validation out of vocabulary", .right),
        TableColumn("test", .right),
      ],
      rows: fields.map { field in
        [
          field.name, "\(field.size - 1)", percent(Self.share(field.unseen.validation, rows.validation)),
          percent(Self.share(field.unseen.test, rows.test)),
        ]
      })
    return table.plain + "\n" + sizes.plain
  }

  private static func share(_ count: Int, _ total: Int) -> Double {
    total > 0 ? Double(count) / Double(total) : 0
  }
}
