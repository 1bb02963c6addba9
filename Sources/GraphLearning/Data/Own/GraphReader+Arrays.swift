import Datasets

extension GraphReader {
  /// The graph in an `.npz` file.
  static func arrays(_ file: NumPyArchive) throws -> LabelledGraph {
    let features = try features(file)
    let nodes = features.rows
    let labels = try labels(file, nodes: nodes)
    return LabelledGraph(
      features: features, labels: labels.classes, classes: labels.count, edges: try edges(file, nodes: nodes),
      split: try split(file, labels: labels.classes))
  }

  // MARK: Edges

  private static func edges(_ file: NumPyArchive, nodes: Int) throws -> [(Int32, Int32)] {
    if let array = try file.array("edge_index") {
      guard array.shape.count == 2, array.shape[0] == 2 else {
        throw array.unusable(
          "has the shape \(array.shape), where edges are [2, E]",
          array.shape.count == 2 && array.shape[1] == 2
            ? "save it transposed" : "save sources and targets as two rows")
      }
      let (ends, count) = (try array.integers(), array.shape[1])
      guard count <= maximumCount else {
        throw array.unusable("has \(count) edges, where at most \(maximumCount) are read", "save fewer")
      }
      if let place = ends.firstIndex(where: { $0 < 0 || $0 >= nodes }) {
        throw array.unusable(
          "has node \(ends[place]) in edge \(place % count), where the nodes are 0 to \(nodes - 1) (rows of x)",
          "number nodes from 0, and give each a row of features")
      }
      return undirected((0..<count).lazy.map { (ends[$0], ends[count + $0]) })
    }
    guard try file.array("adj_indptr") != nil else {
      throw DataError.unusable(
        path: file.path, reason: "has no array \"edge_index\" (it has \(file.names.joined(separator: ", ")))",
        remedy: "add the edges as edge_index, of shape [2, E]")
    }
    let rows = try SparseArrays(file, "adj", hasValues: false)
    guard rows.shape == [nodes, nodes] else {
      throw DataError.unusable(
        path: file.path, reason: "adj_shape is \(rows.shape), where there are \(nodes) rows of features",
        remedy: "save the adjacency of the same nodes")
    }
    return undirected(
      (0..<nodes).lazy.flatMap { node in
        rows.columns[rows.starts[node]..<rows.starts[node + 1]].lazy.map { (node, $0) }
      })
  }

  // MARK: Features

  private static func features(_ file: NumPyArchive) throws -> CompressedRows {
    guard let array = try file.array("x") else {
      if try file.array("attr_indptr") != nil { return try sparseFeatures(file) }
      throw DataError.unusable(
        path: file.path, reason: "has no array \"x\" (it has \(file.names.joined(separator: ", ")))",
        remedy: "add the features as x, of shape [N, F]; of nodes without any, numpy.eye(N)")
    }
    guard array.shape.count == 2, array.shape[0] >= 1, array.shape[1] >= 1 else {
      throw array.unusable(
        "has the shape \(array.shape), where features are [N, F]", "save a row of numbers for each node")
    }
    guard array.shape[0] <= maximumCount, array.shape[1] <= maximumCount else {
      throw array.unusable(
        "has the shape \(array.shape), which is too large", "save at most \(maximumCount) nodes")
    }
    let (values, width) = (array.floats(), array.shape[1])
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw array.unusable(
        "has \(values[place]) for node \(place / width), feature \(place % width)",
        "replace what is not finite by numbers")
    }
    return try CompressedRows(dense: values, columns: width) { count in
      array.unusable(
        "has \(count) features that are not 0, where at most \(maximumCount) are read", "save fewer")
    }
  }

  private static func sparseFeatures(_ file: NumPyArchive) throws -> CompressedRows {
    let rows = try SparseArrays(file, "attr", hasValues: true)
    guard rows.shape[0] >= 1, rows.shape[1] >= 1 else {
      throw DataError.unusable(
        path: file.path, reason: "attr_shape is \(rows.shape), where features are [N, F]",
        remedy: "save a row of numbers for each node")
    }
    var (starts, columns, values): ([Int32], [Int32], [Float]) = ([0], [], [])
    for row in 0..<rows.shape[0] {
      let elements = (rows.starts[row]..<rows.starts[row + 1]).sorted { rows.columns[$0] < rows.columns[$1] }
      for (index, element) in elements.enumerated() {
        guard index == 0 || rows.columns[element] != rows.columns[elements[index - 1]] else {
          throw DataError.unusable(
            path: file.path, reason: "attr_indices has column \(rows.columns[element]) twice in row \(row)",
            remedy: "add up what is there twice (sum_duplicates)")
        }
        guard rows.values[element].isFinite else {
          throw DataError.unusable(
            path: file.path, reason: "attr_data has \(rows.values[element]) for node \(row)",
            remedy: "replace what is not finite by numbers")
        }
        columns.append(Int32(rows.columns[element]))
        values.append(rows.values[element])
      }
      starts.append(Int32(columns.count))
    }
    return CompressedRows(
      rows: rows.shape[0], columns: rows.shape[1], rowStarts: starts, columnIndices: columns, values: values)
  }

  // MARK: Classes

  private static func labels(_ file: NumPyArchive, nodes: Int) throws -> (classes: [Int], count: Int) {
    guard let array = try file.array("y") ?? file.array("labels") else {
      return ([Int](repeating: -1, count: nodes), 0)
    }
    guard array.shape == [nodes] || array.shape == [nodes, 1] else {
      throw array.unusable(
        "has the shape \(array.shape), where the classes of \(nodes) nodes (rows of features) are [\(nodes)]",
        "save a class for each node")
    }
    let labels = try array.integers()
    let count = try classCount(labels) { node, reason in
      array.unusable("has for node \(node) \(reason)", "number classes from 0")
    }
    return (labels, count)
  }

  // MARK: Split

  private static let masks = ["train_mask", "val_mask", "test_mask"]

  private static func split(_ file: NumPyArchive, labels: [Int]) throws -> NodeSplit? {
    let present = masks.filter(file.names.contains)
    guard !present.isEmpty else { return nil }
    let parts = try masks.map { name in
      let array = try file.array(
        name, "it: a split has \(masks.joined(separator: ", ")), or none of them, for --set split=random")
      guard array.shape == [labels.count] else {
        throw array.unusable(
          "has the shape \(array.shape), where a mask of \(labels.count) nodes is [\(labels.count)]",
          array.shape.count == 2 ? "save one of its columns, such as \(name)[:, 0]" : "save one of that shape"
        )
      }
      let bits = try array.integers()
      guard bits.allSatisfy({ $0 == 0 || $0 == 1 }) else {
        throw array.unusable("has other numbers than 0 and 1", "save it as bool")
      }
      let nodes = bits.indices.filter { bits[$0] == 1 }
      guard !nodes.isEmpty else { throw array.unusable("chooses no node", "choose at least one") }
      if let node = nodes.first(where: { labels[$0] < 0 }), labels.contains(where: { $0 >= 0 }) {
        throw array.unusable("chooses node \(node), which has no class", "leave such nodes out")
      }
      return nodes
    }
    for (first, second) in [(0, 1), (0, 2), (1, 2)] {
      if let node = Set(parts[first]).intersection(parts[second]).min() {
        throw DataError.unusable(
          path: file.path, reason: "node \(node) is in \(masks[first]) and in \(masks[second])",
          remedy: "keep what is tested apart from what is learned")
      }
    }
    return NodeSplit(training: parts[0], validation: parts[1], test: parts[2])
  }
}

/// The arrays of a matrix of compressed sparse rows, as SciPy names them, checked.
private struct SparseArrays {
  let shape: [Int]
  let starts: [Int]
  let columns: [Int]
  /// Empty where they are not read.
  let values: [Float]

  init(_ file: NumPyArchive, _ prefix: String, hasValues: Bool) throws {
    let meaning = "the parts of a matrix of compressed sparse rows"
    let (starts, columns) = (
      try file.array("\(prefix)_indptr", meaning), try file.array("\(prefix)_indices", meaning)
    )
    let shape = try file.array("\(prefix)_shape", meaning)
    self.shape = try shape.integers()
    guard self.shape.count == 2, self.shape.allSatisfy({ $0 >= 0 && $0 <= GraphReader.maximumCount }) else {
      throw shape.unusable("is \(self.shape), which is no shape of a matrix", "save rows and columns")
    }
    (self.starts, self.columns) = (try starts.integers(), try columns.integers())
    let ends = self.starts
    guard ends.count == self.shape[0] + 1, ends.first == 0, ends.last == self.columns.count,
      zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }), ends.count <= GraphReader.maximumCount,
      self.columns.count <= GraphReader.maximumCount
    else {
      throw starts.unusable(
        "does not begin at 0, rise to the \(self.columns.count) elements and have \(self.shape[0] + 1) numbers",
        "save the indptr of a SciPy matrix of compressed sparse rows")
    }
    let width = self.shape[1]
    if let column = self.columns.first(where: { $0 < 0 || $0 >= width }) {
      throw columns.unusable("has column \(column), where there are \(width)", "number columns from 0")
    }
    guard hasValues else {
      values = []
      return
    }
    let values = try file.array("\(prefix)_data", meaning)
    guard values.count == self.columns.count else {
      throw values.unusable(
        "has \(values.count) numbers for \(self.columns.count) columns", "save one for each")
    }
    self.values = values.floats()
  }
}
