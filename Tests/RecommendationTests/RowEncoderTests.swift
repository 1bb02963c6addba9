import Foundation
import Recommendation
import TestSupport
import Testing
import Torch
import Training

@Suite("Raw rows for prediction") struct RowEncoderTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func encode(
    _ text: String, like data: PreparedData, labels: Bool, _ body: (RowEncoder) throws -> Void
  ) throws {
    let file = try FileHandle(forReadingFrom: scratch.file("input-\(UUID().uuidString)", holding: text))
    try body(RowEncoder(data, reading: file.fileDescriptor, named: "input", hasLabels: labels))
  }

  @Test("Training rows come out as they were prepared") func same() throws {
    let text = CriteoLines.text(500)
    let data = try prepare(text, .criteo, shares: .training, in: scratch)
    let expected = try data.all(.training)
    for labels in [true, false] {
      let lines = labels ? text : text.split(separator: "\n").map { $0.dropFirst(2) + "\n" }.joined()
      try encode(lines, like: data, labels: labels) { encoder in
        var (features, answers, lines) = ([Int64](), [Float](), [Int]())
        while let rows = try encoder.next(64) {
          features += rows.batch.features.scalars(Int64.self)
          answers += rows.batch.labels.scalars(Float.self)
          lines += rows.lines
          #expect(rows.faults.isEmpty)
        }
        #expect(features.map(Int.init) == Array(expected.features.joined()))
        #expect(lines == Array(1...500) && encoder.rowCount == 500)
        #expect(answers.map { Int($0) } == (labels ? expected.labels : expected.labels.map { _ in 0 }))
        #expect(encoder.unseen == data.fields.map(\.unseen.training))
      }
    }
  }

  @Test("Unseen values and faults are counted, and lines keep their numbers") func counts() throws {
    let schema = RowSchema(.comma, header: .present, fields: pairs.fields)
    let data = try prepare("label,a,b\n1,x,y\n0,z,w\n", schema, shares: .training, in: scratch)
    // Without a label; with the header in another order.
    try encode("b,a\ny,x\nnew,x\nonly\nw,other\n", like: data, labels: false) { encoder in
      let rows = try #require(try encoder.next(10))
      #expect(rows.lines == [2, 3, 5])
      #expect(rows.faults.map(\.line) == [4] && rows.faults.map(\.fault) == [.tooFewColumns])
      #expect(encoder.unseen == [1, 1] && encoder.faultCounts == [.tooFewColumns: 1])
      let features = rows.batch.features.scalars(Int64.self).map(Int.init)
      #expect(features[3] == data.fields[1].offset && features[4] == data.fields[0].offset)
      #expect(try encoder.next(10) == nil)
    }
    try encode("", like: data, labels: false) { encoder in
      let rows = try encoder.next(1)
      #expect(rows == nil)
    }
    try encode("a\nx\n", like: data, labels: false) { encoder in
      #expect(throws: PreparationError.self) { _ = try encoder.next(1) }
    }
  }
}
