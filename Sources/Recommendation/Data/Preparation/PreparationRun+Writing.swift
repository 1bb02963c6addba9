import Basics
import Foundation

extension PreparationRun {
  var rowsFile: URL { work.appendingPathComponent("rows.bin") }

  /// Writes the rows of every piece to their places.
  func write(_ vocabulary: Vocabulary, _ layout: PreparedLayout, _ counted: [PieceCounts]) throws
    -> [PieceRows]
  {
    let journal = try SharedJournal<PieceRows>(work.appendingPathComponent("written.jsonl"))
    let output = try RandomAccessFile(writing: rowsFile)
    if output.byteCount != layout.byteCount { try output.resize(to: layout.byteCount) }
    try layout.header.withUnsafeBytes { try output.write($0, at: 0) }
    let done = Set(journal.entries.map(\.piece))
    let todo = pieces.indices.filter { !done.contains($0) }
    // Where the rows of each piece begin, counted from the first training row.
    var next = PartCounts(
      training: 0, validation: layout.rows.training, test: layout.rows.training + layout.rows.validation)
    let firsts = counted.map { piece in
      defer { next = next + piece.rows }
      return next
    }
    let tables = vocabulary.tables()
    let meter = meter(.writing, rowCounts.reduce(0, +), resumed: done.reduce(0) { $0 + index[$1].lines })
    try ParallelWork.forEach(todo.count, threads: preparation.threads) { place in
      let number = todo[place]
      let writer = PieceWriter(
        number, fieldCount: layout.fieldCount, tables: tables, offsets: layout.offsets, output: output,
        layout: layout, first: firsts[number])
      let parser = RowParser(columns[pieces[number].file])
      let split = splits[pieces[number].file]
      try forEachRow(of: number) { row, line in
        if parser.parse(line) == nil { try writer.write(parser, part: split.part(row)) }
      }
      let rows = try writer.finish()
      guard writer.written == counted[number].rows else {
        throw PreparationError.changed(path: texts[pieces[number].file].path)
      }
      try output.synchronize()
      try journal.append(rows)
      meter.add(index[number].lines)
    }
    return journal.entries
  }
}
