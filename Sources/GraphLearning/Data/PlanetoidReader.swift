import Datasets

/// Reads Cora, CiteSeer and PubMed as Yang, Cohen and Salakhutdinov published them ("Revisiting
/// Semi-Supervised Learning with Graph Embeddings", 2016), with their public split.
///
/// Of the files `ind.NAME.*`, `allx` and `ally` hold the features and classes of the first nodes, `tx` and
/// `ty` those of the test nodes in the order of `test.index`, `y` the classes of the training nodes, which
/// come first of all, and `graph` the neighbours of every node (`x` only repeats the first rows of `allx`).
/// Fifteen isolated nodes of CiteSeer are described by no file: they get an empty row and no class.
/// Repeated citations and those of a node by itself are dropped, as PyTorch Geometric does.
public enum PlanetoidReader {
  /// Reads `dataset`, one of `DatasetCatalog.cora`, `.citeseer` and `.pubmed`.
  /// - Throws: `DataError` if a file is missing, damaged or contradicts the others.
  public static func read(_ dataset: Dataset, from store: DatasetStore) throws -> LabelledGraph {
    try read { suffix in try store.read(dataset, "ind.\(dataset.name).\(suffix)") }
  }

  /// Reads the files that `file` gives for the suffixes `allx`, `ally`, `tx`, `ty`, `y`, `graph`,
  /// `test.index`.
  /// - Parameter validationCount: How many nodes after the training nodes are for validation.
  /// - Throws: What `file` throws, or `DataError.malformed`.
  package static func read(
    validationCount: Int = 500, file: (String) throws -> DataFile
  ) throws -> LabelledGraph {
    func require(_ isRight: Bool, _ suffix: String, _ reason: @autoclosure () -> String) throws {
      if !isRight {
        throw DataError.malformed(path: try file(suffix).path, offset: nil, reason: reason())
      }
    }
    let (nodes, edges) = try graph(file("graph"))
    let first = try CompressedRows(Unpickler.load(file("allx")))
    let test = try CompressedRows(Unpickler.load(file("tx")))
    let (firstLabels, classes) = try labels(file("ally"))
    let (testLabels, testClasses) = try labels(file("ty"))
    let (trainingLabels, trainingClasses) = try labels(file("y"))
    let testNodes = try testIndex(file("test.index"))

    try require(first.rows <= nodes, "graph", "\(nodes) nodes, while allx has \(first.rows) rows")
    try require(
      test.columns == first.columns, "tx", "\(test.columns) columns, while allx has \(first.columns)")
    try require(
      firstLabels.count == first.rows, "ally", "\(firstLabels.count) rows, while allx has \(first.rows)")
    try require(
      testLabels.count == test.rows && testClasses == classes, "ty",
      "\(testLabels.count) rows of \(testClasses) classes, while tx has \(test.rows) rows and ally "
        + "\(classes) classes")
    try require(
      trainingClasses == classes && trainingLabels.elementsEqual(firstLabels.prefix(trainingLabels.count)),
      "y",
      "the classes differ from those at the beginning of ally")
    let validation = trainingLabels.count..<trainingLabels.count + validationCount
    try require(
      validation.upperBound <= first.rows, "ally",
      "\(first.rows) rows are too few for \(validation.upperBound) training and validation nodes")
    try require(
      testNodes.count == test.rows, "test.index", "\(testNodes.count) nodes, while tx has \(test.rows) rows")
    try require(
      testNodes.allSatisfy { $0 >= first.rows && $0 < nodes } && Set(testNodes).count == testNodes.count,
      "test.index", "the test nodes are not distinct nodes from \(first.rows) to \(nodes - 1)")

    var testLabelOfNode: [Int: Int] = [:]
    for (node, label) in zip(testNodes, testLabels) {
      testLabelOfNode[node] = label
    }
    return LabelledGraph(
      features: features(nodes: nodes, first: first, test: test, testNodes: testNodes),
      labels: firstLabels + (first.rows..<nodes).map { testLabelOfNode[$0] ?? -1 },
      classes: classes,
      edges: edges,
      split: NodeSplit(
        training: Array(trainingLabels.indices), validation: Array(validation), test: testNodes.sorted()))
  }

  /// The rows of `first`, then one row for each further node: that of `test` if it is a test node, else an
  /// empty one.
  private static func features(
    nodes: Int, first: CompressedRows, test: CompressedRows, testNodes: [Int]
  ) -> CompressedRows {
    var rowOfNode: [Int: Int] = [:]
    for (row, node) in testNodes.enumerated() {
      rowOfNode[node] = row
    }
    var rowStarts = first.rowStarts
    var columnIndices = first.columnIndices
    var values = first.values
    for node in first.rows..<nodes {
      if let row = rowOfNode[node] {
        columnIndices += test.columnIndices[test.elements(ofRow: row)]
        values += test.values[test.elements(ofRow: row)]
      }
      rowStarts.append(Int32(values.count))
    }
    return CompressedRows(
      rows: nodes, columns: first.columns, rowStarts: rowStarts, columnIndices: columnIndices, values: values)
  }
}
