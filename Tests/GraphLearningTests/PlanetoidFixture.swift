import Datasets

/// A tiny citation network in the files of the Planetoid distribution, pickled as Python 2 would.
///
/// Six nodes, three features, two classes: nodes 0 and 1 to train on, 2 to validate, 5 and 3 to test, and
/// node 4, which no file but the graph describes.
struct PlanetoidFixture {
  var files: [String: [UInt8]] = [
    "allx": Self.pickle(rows: [[(0, 1)], [(1, 0.5), (2, 2)], []], columns: 3),
    "tx": Self.pickle(rows: [[(0, 5)], [(2, 3), (1, 4)].reversed()], columns: 3),
    "ally": Self.pickle(labels: [[1, 0], [0, 1], [0, 0]]),
    "ty": Self.pickle(labels: [[0, 1], [1, 0]]),
    "y": Self.pickle(labels: [[1, 0], [0, 1]]),
    "graph": Self.pickle(graph: [[1, 1, 2], [0, 1], [0], [5], [], [3]]),
    "test.index": Array("5\n3\n".utf8),
  ]

  func file(_ suffix: String) -> DataFile {
    DataFile(path: "ind.tiny.\(suffix)", bytes: files[suffix] ?? [])
  }

  static func pickle(labels: [[Int32]]) -> [UInt8] {
    let shape = [labels.count, labels.first?.count ?? 0]
    return [0x80, 2] + array("i4", shape, labels.flatMap { $0 }.map { UInt32(bitPattern: $0) }) + [0x2e]
  }

  static func pickle(graph: [[Int]]) -> [UInt8] {
    var bytes =
      [0x80, 2] + Array("ccollections\ndefaultdict\nc__builtin__\nlist\n".utf8) + [0x85, 0x52, 0x28]
    for (node, neighbours) in graph.enumerated() {
      bytes += integer(node) + [0x5d, 0x28] + neighbours.flatMap(integer) + [0x65]
    }
    return bytes + [0x75, 0x2e]
  }

  static func pickle(rows: [[(column: Int32, value: Float)]], columns: Int) -> [UInt8] {
    var starts: [UInt32] = [0]
    for row in rows {
      starts.append((starts.last ?? 0) + UInt32(row.count))
    }
    let elements = rows.flatMap { $0 }
    var bytes: [UInt8] =
      [0x80, 2] + Array("cscipy.sparse.csr\ncsr_matrix\n".utf8) + [0x29, 0x81, 0x7d, 0x28]
    bytes += text("format") + text("csr")
    bytes += text("_shape") + integer(rows.count) + integer(columns) + [0x86]
    bytes += text("indptr") + array("i4", [starts.count], starts)
    bytes += text("indices") + array("i4", [elements.count], elements.map { UInt32(bitPattern: $0.column) })
    bytes += text("data") + array("f4", [elements.count], elements.map(\.value.bitPattern))
    return bytes + [0x75, 0x62, 0x2e]
  }

  private static func array(_ type: String, _ shape: [Int], _ words: [UInt32]) -> [UInt8] {
    var bytes = Array("cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n".utf8)
    bytes += integer(0) + [0x85] + text("b") + [0x87, 0x52, 0x28] + integer(1)
    bytes += [0x28] + shape.flatMap(integer) + [0x74]
    bytes += Array("cnumpy\ndtype\n".utf8) + text(type) + integer(0) + integer(1) + [0x87, 0x52]
    bytes += [0x28] + integer(3) + text("<") + [0x74, 0x62, 0x89]
    bytes += [0x54] + word(UInt32(4 * words.count)) + words.flatMap(word)
    return bytes + [0x74, 0x62]
  }

  private static func text(_ text: String) -> [UInt8] {
    [0x55, UInt8(text.utf8.count)] + text.utf8
  }

  private static func integer(_ number: Int) -> [UInt8] {
    [0x4d, UInt8(number & 255), UInt8(number >> 8)]
  }

  private static func word(_ word: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) }
  }
}
