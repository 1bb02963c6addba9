import CZlib
import Foundation
import Recommendation
import TestSupport
import Testing
import Training

@Suite("Lines that give no row") struct MalformedLinesTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func prepared(_ text: String, limit: Double = 1, _ schema: RowSchema = .criteo) throws
    -> PreparedSummary
  {
    try prepare(
      text, schema, shares: .training, PreparationSettings(minimumCount: 1, malformedLimit: limit),
      in: scratch
    ).summary
  }

  /// Good lines with one in the middle, as line 51.
  private func surrounded(_ line: String) -> String {
    CriteoLines.text(50) + line + "\n" + CriteoLines.text(50)
  }

  @Test("They are counted by kind, with the first of each, and left out") func kinds() throws {
    var cells = CriteoLines.line(1).components(separatedBy: "\t")
    func changed(_ column: Int, _ text: String) -> String {
      var copy = cells
      copy[column] = text
      return copy.joined(separator: "\t")
    }
    cells[2] = "5"
    let lines: [(String, LineFault)] = [
      (cells.dropLast().joined(separator: "\t"), .tooFewColumns),
      ((cells + ["00000000"]).joined(separator: "\t"), .tooManyColumns),
      (changed(3, "4.5"), .number), (changed(3, "x"), .number), (changed(3, "-"), .number),
      (changed(3, " 4"), .number),
      (changed(3, "1234567890123456789"), .number),
      (changed(20, "12345678\u{0}"), .nul), (changed(20, "1234567"), .hexadecimal),
      (changed(20, "1234567G"), .hexadecimal),
      (changed(20, "1234ABCD"), .hexadecimal), (changed(0, "2"), .label), (changed(0, ""), .label),
      ("", .empty),
    ]
    for (line, fault) in lines {
      let summary = try prepared(surrounded(line))
      #expect(summary.faults == [fault: .init(count: 1, first: "rows.txt line 51")], "\(line)")
      #expect(summary.rows.total == 100)
    }
    let all = try prepared(lines.map { surrounded($0.0) }.joined())
    #expect(all.faults.values.reduce(0) { $0 + $1.count } == lines.count)
    #expect(all.faults[.hexadecimal] == .init(count: 3, first: "rows.txt line \(8 * 101 + 51)"))
    #expect(all.lineCount == lines.count * 101)
  }

  @Test("-3 is taken as published, and noted") func negative() throws {
    var cells = CriteoLines.line(1).components(separatedBy: "\t")
    cells[2] = "-3"
    let summary = try prepared(cells.joined(separator: "\t") + "\n")
    #expect(summary.faults.isEmpty && summary.notes == [.negativeNumber: 1])
  }

  @Test("CR LF, a byte order mark and no last line break change no row") func lineBreaks() throws {
    let text = CriteoLines.text(100)
    func rows(_ text: String) throws -> (PreparedSummary, [[Int]]) {
      let data = try prepare(
        text, .criteo, shares: .training, PreparationSettings(minimumCount: 1), in: scratch,
        pieceByteCount: 1_000)
      return (data.summary, try data.all(.training).features)
    }
    let plain = try rows(text)
    let windows = try rows("\u{FEFF}" + text.replacing("\n", with: "\r\n"))
    #expect(windows.1 == plain.1 && windows.0.notes[.carriageReturn] == 100 && windows.0.faults.isEmpty)
    let unterminated = try rows(String(text.dropLast()))
    #expect(unterminated.1 == plain.1 && unterminated.0.notes[.unterminated] == 1)
  }

  @Test("A file that is cut in a row says so", arguments: [3, 40]) func cut(_ missing: Int) throws {
    let summary = try prepared(String(CriteoLines.text(100).dropLast(missing)))
    #expect(summary.faults == [.cut: .init(count: 1, first: "rows.txt line 100")] && summary.rows.total == 99)
  }

  @Test("More than the allowed share ends with what was found") func limit() throws {
    let text = CriteoLines.text(98) + "1\t2\n\n"
    _ = try prepared(text, limit: 0.02)
    #expect {
      try prepared(text, limit: 0.019)
    } throws: { error in
      let text = "\(error)"
      return text.contains(
        "2 % of 100 lines give no row (1 empty lines, first rows.txt line 100; 1 lines with too few")
        && text.contains("--malformed-limit") && (error as? PreparationError)?.exitCode == 65
    }
  }

  @Test("The share is of the whole file, wherever faults are, and reading ends once it is exceeded")
  func early()
    throws
  {
    func prepared(_ bad: Int) throws -> (progress: Int, PreparedSummary?) {
      let good = (0..<10_000).map { CriteoLines.line($0) + "\n" }
      let file = try scratch.file("r.txt", holding: String(repeating: "x\n", count: bad) + good.joined())
      var preparation = Preparation(
        try RowSource("rows", .criteo, [RowSource.File(file, .training)]), in: scratch.file("p-\(bad)"))
      (preparation.threads, preparation.pieceByteCount) = (1, 10_000)
      var counted = 0
      let data = try? preparation.run { if $0.stage == .counting { counted = max(counted, $0.completed) } }
      return (counted, data?.summary)
    }
    // All of the first pieces' lines have faults: 100 of 10,100 are let pass, 102 of 10,102 are not.
    #expect(try prepared(100).1?.faults[.tooFewColumns]?.count == 100)
    let stopped = try prepared(102)
    #expect(stopped.1 == nil && stopped.progress < 1_000)
  }

  @Test("Compressed files are accepted by name, and refused as text") func gzip() throws {
    let text = CriteoLines.text(300)
    let plain = try scratch.file("plain.txt", holding: text)
    let compressed = scratch.file("rows.txt.gz")
    let output = gzopen(compressed.path, "wb")
    _ = text.withCString { gzwrite(output, $0, UInt32(text.utf8.count)) }
    gzclose(output)
    func rows(_ file: URL, _ name: String) throws -> PreparedData {
      try Preparation(
        try RowSource("rows", .criteo, [RowSource.File(file, .published)]), in: scratch.file(name)
      ).run()
    }
    #expect(try rows(compressed, "a").all(.training).features == rows(plain, "b").all(.training).features)
    let asText = scratch.file("disguised.txt")
    try FileManager.default.copyItem(at: compressed, to: asText)
    #expect { try rows(asText, "c") } throws: {
      "\($0)".contains("is compressed by gzip, not text; give it a name that ends in .gz")
    }
    let notCompressed = try scratch.file("text.gz", holding: text)
    #expect { try rows(notCompressed, "d") } throws: {
      "\($0)".contains("is not compressed by gzip, as its name says")
    }
    let content = try Data(contentsOf: compressed)
    let cut = scratch.file("cut.gz")
    try content.dropLast(20).write(to: cut)
    #expect { try rows(cut, "e") } throws: { "\($0)".contains("cut.gz: the gzip data is cut off") }
  }

  @Test("A line longer than the buffer is one fault, and its neighbours are rows") func longLine() throws {
    let long = String(repeating: "x", count: 9 << 20)
    let summary = try prepared("1,a,b\n0,\(long),b\n0,c,d\n", pairs)
    #expect(
      summary.faults == [.tooLong: .init(count: 1, first: "rows.txt line 2")] && summary.rows.total == 2)
  }

  @Test("Files without a row are refused") func empty() throws {
    for text in ["", "\n\n"] {
      #expect(throws: PreparationError.self) { try prepared(text, limit: 1) }
    }
  }
}
