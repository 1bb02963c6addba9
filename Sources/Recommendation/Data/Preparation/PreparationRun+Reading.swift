import Basics
import Foundation

extension PreparationRun {
  /// Reads every piece for its digest and its lines.
  func read() throws {
    let total = pieces.reduce(0) { $0 + $1.range.count }
    let journal = try SharedJournal<PieceIndex>(work.appendingPathComponent("read.jsonl"))
    let done = Set(journal.entries.map(\.piece))
    let todo = pieces.indices.filter { !done.contains($0) }
    let meter = meter(.reading, total, resumed: done.reduce(0) { $0 + pieces[$1].range.count })
    try ParallelWork.forEach(todo.count, threads: preparation.threads) { place in
      let number = todo[place]
      try journal.append(index(of: number))
      meter.add(pieces[number].range.count)
    }
    index = journal.entries.sorted { $0.piece < $1.piece }
    var lines = [Int](repeating: 0, count: texts.count)
    for (piece, entry) in zip(pieces, index) {
      firstRows.append(max(lines[piece.file] - (headers[piece.file] ? 1 : 0), 0))
      lines[piece.file] += entry.lines
    }
    for file in texts.indices {
      rowCounts.append(lines[file] - (headers[file] ? 1 : 0))
      guard rowCounts[file] > 0 else { throw PreparationError.noRows(path: source.files[file].url.path) }
      splits.append(
        RowSplit(
          source.files[file].shares, count: rowCounts[file],
          seed: derivedSeed(preparation.settings.seed, "split/\(file)")))
    }
  }

  func index(of number: Int) throws -> PieceIndex {
    let (piece, text) = (pieces[number], texts[pieces[number].file])
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { bytes.deallocate() }
    guard let base = bytes.baseAddress else { return PieceIndex(piece: number, lines: 0, sha256: "") }
    // A line begins where the byte before is a line break, and at the beginning.
    var before = UInt8(10)
    if piece.range.lowerBound > 0 {
      _ = try text.read(into: &before, count: 1, at: piece.range.lowerBound - 1)
    }
    var (lines, place) = (0, piece.range.lowerBound)
    let digest = try Digest.sha256 { () throws -> Data? in
      let count = try text.read(
        into: base, count: min(bytes.count, piece.range.upperBound - place), at: place)
      guard count > 0 else { return nil }
      place += count
      lines += (before == 10 ? 1 : 0) + lineBreaks(base.assumingMemoryBound(to: UInt8.self), count - 1)
      before = bytes[count - 1]
      return Data(bytesNoCopy: base, count: count, deallocator: .none)
    }
    guard place == piece.range.upperBound else { throw PreparationError.changed(path: text.path) }
    return PieceIndex(piece: number, lines: lines, sha256: digest)
  }
}

/// How many bytes are line breaks.
private func lineBreaks(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
  var found = 0
  for index in 0..<max(count, 0) { found &+= bytes[index] == 10 ? 1 : 0 }
  return found
}
