import Basics
import Foundation
import Synchronization

extension PreparationRun {
  /// Counts the values of every piece.
  func count() throws -> [PieceCounts] {
    let journal = try SharedJournal<UnitCounts>(work.appendingPathComponent("counted.jsonl"))
    let done = Set(journal.entries.map(\.unit))
    let todo = units.indices.filter { !done.contains($0) }
    func lines(_ unit: Int) -> Int { units[unit].reduce(0) { $0 + index[$1].lines } }
    let meter = meter(.counting, rowCounts.reduce(0, +), resumed: done.reduce(0) { $0 + lines($1) })
    // A run is sorted into its parts before it is written, which takes as much again as what the tables hold.
    let budget = max(preparation.memory / preparation.threads / 2 - (9 << 20), 1 << 20)
    let soFar = Mutex(journal.entries.flatMap(\.pieces))
    try ParallelWork.forEach(todo.count, threads: preparation.threads) { place in
      let unit = todo[place]
      let counts = try ValueCounts(
        fieldCount: schema.features.count, budget: budget, writingTo: self.counts(unit))
      let found = try units[unit].map { piece in
        defer { meter.add(index[piece].lines) }
        return try count(piece, counts)
      }
      try counts.finish()
      try journal.append(UnitCounts(unit: unit, pieces: found))
      // A file that has too many faults already is not read to its end.
      let all = soFar.withLock { all in
        all += found
        return all
      }
      try checkFaults(all)
    }
    return journal.entries.flatMap(\.pieces).sorted { $0.piece < $1.piece }
  }

  func counts(_ unit: Int) -> URL { work.appendingPathComponent("counts-\(unit)") }

  func count(_ number: Int, _ counts: ValueCounts) throws -> PieceCounts {
    let parser = RowParser(columns[pieces[number].file])
    var result = PieceCounts(piece: number)
    var faults = [Int](repeating: 0, count: LineFault.allCases.count)
    var (carriageReturns, negatives) = (0, 0)
    let countsAll = preparation.settings.vocabulary == .all
    let split = splits[pieces[number].file]
    try forEachRow(of: number) { row, line in
      if let fault = parser.parse(line) {
        let place = fault.place
        if faults[place] == 0 { result.firstFaults[fault] = row }
        faults[place] += 1
        return
      }
      if parser.endsInCarriageReturn { carriageReturns += 1 }
      if parser.hasNegativeNumber { negatives += 1 }
      if !line.isTerminated { result.notes[.unterminated] = 1 }
      let part = split.part(row)
      result.rows[part] += 1
      if part == 0 || countsAll { try counts.count(parser) }
    }
    for fault in LineFault.allCases where faults[fault.place] > 0 {
      result.faults[fault] = faults[fault.place]
    }
    if carriageReturns > 0 { result.notes[.carriageReturn] = carriageReturns }
    if negatives > 0 { result.notes[.negativeNumber] = negatives }
    return result
  }

  /// Reads the rows of a piece, without a header.
  @inline(__always)
  func forEachRow(of number: Int, _ body: (Int, LineReader.Line) throws -> Void) throws {
    let piece = pieces[number]
    let reader = try LineReader(texts[piece.file], piece.range)
    if piece.number == 0 {
      try reader.skipByteOrderMark()
      if headers[piece.file] { _ = try reader.next() }
    }
    let first = firstRows[number]
    var row = first
    while let line = try reader.next() {
      guard row < rowCounts[piece.file] else { throw PreparationError.changed(path: texts[piece.file].path) }
      try body(row, line)
      row += 1
    }
    let header = piece.number == 0 && headers[piece.file] ? 1 : 0
    guard row - first == index[number].lines - header else {
      throw PreparationError.changed(path: texts[piece.file].path)
    }
  }

  /// Checks that lines with faults, as far as they are known, are no larger a share of all lines of a file than they may be.
  /// - Throws: ``PreparationError/tooManyFaults(path:lines:faults:share:allowed:)``.
  func checkFaults(_ counted: [PieceCounts]) throws {
    for file in texts.indices {
      let ours = counted.filter { pieces[$0.piece].file == file }
      let derived = texts.count == 1 ? derivedFaults.values.reduce(0, +) : 0
      let bad = ours.reduce(derived) { $0 + $1.faults.values.reduce(0, +) }
      let lines = rowCounts[file] + derived
      let share = Double(bad) / Double(lines)
      guard share <= preparation.settings.malformedLimit else {
        throw PreparationError.tooManyFaults(
          path: source.files[file].url.path, lines: lines,
          faults: faults(of: ours).sorted { $0.key.place < $1.key.place }.map { fault, found in
            "\(found.count) \(fault.title), first \(found.first)"
          }, share: share, allowed: preparation.settings.malformedLimit)
      }
    }
  }

  func faults(of counted: [PieceCounts]) -> [LineFault: PreparedSummary.Fault] {
    var all: [LineFault: PreparedSummary.Fault] = [:]
    for (fault, count) in derivedFaults { all[fault] = .init(count: count, first: "in the original") }
    for piece in counted.sorted(by: { $0.piece < $1.piece }) {
      let file = pieces[piece.piece].file
      for (fault, count) in piece.faults {
        let line = (piece.firstFaults[fault] ?? 0) + (headers[file] ? 2 : 1)
        let first = "\(source.files[file].url.lastPathComponent) line \(line)"
        all[fault, default: .init(count: 0, first: first)].count += count
      }
    }
    return all
  }

  /// Adds up the counts, or reads the vocabulary that an earlier process made of them.
  func makeVocabulary() throws -> (Vocabulary, digest: String) {
    let file = work.appendingPathComponent("vocabulary.tsv")
    if FileManager.default.fileExists(atPath: file.path) {
      return (try Vocabulary(contentsOf: file, schema: schema), try Digest.sha256(ofFileAt: file))
    }
    let counted = try CountedValues(units.indices.map(counts), fieldCount: schema.features.count)
    let vocabulary = try Vocabulary(
      counted, schema: schema, minimumCount: preparation.settings.minimumCount, threads: preparation.threads,
      memory: preparation.memory)
    return (vocabulary, try vocabulary.write(to: file))
  }
}

extension LineFault {
  /// The place among all.
  fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
