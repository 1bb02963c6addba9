import Datasets

extension PlanetoidReader {
  /// The number of nodes and the distinct undirected edges of a pickled dictionary from each node to its
  /// neighbours.
  package static func graph(_ file: DataFile) throws -> (nodes: Int, edges: [(Int32, Int32)]) {
    let pickle = try Unpickler.load(file)
    let items = try pickle.instance(of: .defaultDictionary, pickle.root, "a graph").object.items
    let nodes = items.count / 2
    func node(_ value: PickleValue) throws -> Int {
      let number = try pickle.integer(value, "a node")
      guard number >= 0, number < nodes else { throw pickle.malformed("node \(number) of \(nodes)") }
      return number
    }
    var isKnown = [Bool](repeating: false, count: nodes)
    var codes: [Int] = []
    for index in stride(from: 0, to: 2 * nodes, by: 2) {
      let source = try node(items[index])
      guard !isKnown[source] else { throw pickle.malformed("node \(source) occurs twice") }
      isKnown[source] = true
      let neighbours = try pickle.list(items[index + 1], "the neighbours of node \(source)")
      // Nodes that share a list could otherwise make a small file demand any amount of memory.
      guard codes.count + neighbours.count <= file.bytes.count else {
        throw pickle.malformed("the graph has more citations than the file has bytes")
      }
      for value in neighbours {
        let target = try node(value)
        if source != target {
          codes.append(min(source, target) * nodes + max(source, target))
        }
      }
    }
    codes.sort()
    var edges: [(Int32, Int32)] = []
    for (index, code) in codes.enumerated() where index == 0 || code != codes[index - 1] {
      edges.append((Int32(code / nodes), Int32(code % nodes)))
    }
    return (nodes, edges)
  }

  /// The class of each row of a pickled one-hot matrix, -1 where a row has none, and the number of classes.
  package static func labels(_ file: DataFile) throws -> (labels: [Int], classes: Int) {
    let pickle = try Unpickler.load(file)
    let array = try PickledArray(pickle.root, in: pickle, "the classes")
    guard array.shape.count == 2, array.shape[1] > 0 else {
      throw pickle.malformed("classes of shape \(array.shape)")
    }
    let classes = array.shape[1]
    let entries = try array.integers()
    let labels = try stride(from: 0, to: entries.count, by: classes).map { start in
      let row = entries[start..<start + classes]
      guard row.allSatisfy({ $0 == 0 || $0 == 1 }), row.count(where: { $0 == 1 }) <= 1 else {
        throw pickle.malformed("row \(start / classes) of the classes is not one-hot")
      }
      return row.firstIndex(of: 1).map { $0 - start } ?? -1
    }
    return (labels, classes)
  }

  /// The numbers of a text with one on each line.
  package static func testIndex(_ file: DataFile) throws -> [Int] {
    try file.bytes.split(separator: UInt8(ascii: "\n")).map { line in
      guard let number = Int(String(decoding: line, as: UTF8.self)) else {
        throw DataError.malformed(path: file.path, offset: line.startIndex, reason: "this line is no number")
      }
      return number
    }
  }
}
