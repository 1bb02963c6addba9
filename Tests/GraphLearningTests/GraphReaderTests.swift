import Datasets
import Foundation
import GraphLearning
import TestSupport
import Testing

@Suite("Graphs of one's own") struct GraphReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A path of four nodes and a loop, two classes, a split of the first three.
  private static let arrays: [String: NumPyFiles.Array] = [
    "x": .init([1, 0, 0, 2, 0.5, 0, 0, 0] as [Float], [4, 2]),
    // There are 1-0 in both directions, 1-2 twice, and 2-2.
    "edge_index": .init([0, 1, 1, 1, 2, 3, 1, 0, 2, 2, 2, 2], [2, 6]),
    "y": .init([0, 1, 1, -1]),
    "train_mask": .init([true, false, false, false]), "val_mask": .init([false, true, false, false]),
    "test_mask": .init([false, false, true, false]),
  ]

  private func read(_ arrays: [String: NumPyFiles.Array]) throws -> LabelledGraph {
    let file = folder.file("g.npz")
    try Data(NumPyFiles.archive(arrays)).write(to: file)
    return try GraphReader.read(file)
  }

  private func read(_ files: [String: String]) throws -> LabelledGraph {
    let place = folder.file("g-\(UUID().uuidString)")
    for (name, text) in files { try folder.file("\(place.lastPathComponent)/\(name)", holding: text) }
    return try GraphReader.read(place)
  }

  private func message(_ body: () throws -> LabelledGraph) -> String {
    do {
      _ = try body()
      return "no error"
    } catch { return "\(error)" }
  }

  private func expectPath(_ graph: LabelledGraph) {
    #expect(graph.nodes == 4 && graph.classes == 2 && graph.labels == [0, 1, 1, -1])
    #expect(graph.edges.map { [$0.0, $0.1] } == [[0, 1], [1, 2], [2, 3]])
    #expect(
      graph.features
        == CompressedRows(
          rows: 4, columns: 2, rowStarts: [0, 1, 2, 3, 3], columnIndices: [0, 1, 0], values: [1, 2, 0.5]))
    #expect(graph.split == NodeSplit(training: [0], validation: [1], test: [2]))
  }

  @Test("Arrays of PyTorch Geometric's names are a graph: edges once, without direction and loops")
  func arrays() throws {
    expectPath(try read(Self.arrays))
    var arrays = Self.arrays
    arrays["y"] = .init([0, 1, 1, -1], [4, 1])
    arrays["x"] = .init(
      "<f8", [4, 2], [1.0, 0, 0, 2, 0.5, 0, 0, 0].flatMap { withUnsafeBytes(of: $0 as Double, Array.init) })
    expectPath(try read(arrays))
  }

  @Test("Arrays of Shchur et al.'s names are a graph") func sparseArrays() throws {
    var arrays = Self.arrays
    for name in ["x", "edge_index", "y"] { arrays[name] = nil }
    arrays["labels"] = .init([0, 1, 1, -1])
    arrays["adj_data"] = .init([1, 1, 1, 1, 1] as [Float])
    arrays["adj_indices"] = .init([1, 0, 2, 2, 2])
    arrays["adj_indptr"] = .init([0, 1, 3, 4, 5])
    arrays["adj_shape"] = .init([4, 4])
    arrays["attr_data"] = .init([1, 2, 0.5] as [Float])
    arrays["attr_indices"] = .init([0, 1, 0])
    arrays["attr_indptr"] = .init([0, 1, 2, 3, 3])
    arrays["attr_shape"] = .init([4, 2])
    expectPath(try read(arrays))
    arrays["adj_indices"] = .init([1, 0, 2, 2, 4])
    #expect(message { try read(arrays) }.contains("\"adj_indices\" has column 4, where there are 4"))
    arrays["adj_indices"] = .init([1, 0, 2, 2, 2])
    arrays["attr_indptr"] = .init([0, 1, 2, 1, 3])
    #expect(message { try read(arrays) }.contains("\"attr_indptr\" does not begin at 0, rise"))
    arrays["attr_indptr"] = .init([0, 2, 2, 3, 3])
    arrays["attr_indices"] = .init([1, 1, 0])
    #expect(message { try read(arrays) }.contains("column 1 twice in row 0"))
  }

  static let files = [
    "edges.csv": "source,target\n0,1\n1,0\n2,1\n1,2\n2,2\n3,2\n", "features.csv": "1,0\n0,2\n0.5,0\n0,0\n",
    "labels.csv": "label\n0\n1\n1\n-1\n", "splits.csv": "train\nvalidation\ntest\nnone\n",
  ]

  @Test("A folder of text files is a graph, classes having numbers or names") func text() throws {
    expectPath(try read(Self.files))
    var files = Self.files
    files["labels.csv"] = nil
    files["labels.tsv"] = "cat\ndog\ndog\n-1\n"
    files["edges.csv"] = nil
    files["edges.txt"] = "# a path\n0 1\n1 2\n3   2\n"
    expectPath(try read(files))
    files["splits.csv"] = nil
    #expect(try read(files).split == nil)
    files["labels.tsv"] = nil
    #expect(try read(files).labels == [-1, -1, -1, -1])
  }

  /// An array that replaces another, or takes it away, and what is then said.
  static let malformedArrays: [(String, NumPyFiles.Array?, String)] = [
    ("x", nil, "has no array \"x\" (it has edge_index, "),
    ("x", .init([1, 2, 3, 4] as [Float]), "\"x\" has the shape [4], where features are [N, F]"),
    (
      "x", .init([1, .nan] + [Float](repeating: 0, count: 6), [4, 2]), "\"x\" has nan for node 0, feature 1"
    ),
    ("x", .init([1, .infinity] + [Float](repeating: 0, count: 6), [4, 2]), "has inf for node 0, feature 1"),
    ("edge_index", nil, "has no array \"edge_index\""),
    (
      "edge_index", .init([0, 1, 1, 2, 2, 3], [3, 2]),
      "\"edge_index\" has the shape [3, 2], where edges are [2, E]; save it transposed"
    ),
    ("edge_index", .init([0, 4], [2, 1]), "has node 4 in edge 0, where the nodes are 0 to 3"),
    ("edge_index", .init([0, -1], [2, 1]), "has node -1 in edge 0"),
    (
      "edge_index", .init([0, 1] as [Float], [2, 1]),
      "\"edge_index\" has numbers of type f4, where whole numbers must be"
    ),
    ("y", .init([0, 1]), "\"y\" has the shape [2], where the classes of 4 nodes (rows of features) are [4]"),
    ("y", .init([0, 1, -2, 0]), "\"y\" has for node 2 class -2, where classes are from 0 to 3, or -1"),
    ("y", .init([0, 1, 900_000_000, 0]), "\"y\" has for node 2 class 900000000"),
    ("test_mask", nil, "has no array \"test_mask\""),
    ("test_mask", .init([true, true, false, false]), "node 0 is in train_mask and in test_mask"),
    ("test_mask", .init([false, false, false, true]), "\"test_mask\" chooses node 3, which has no class"),
    ("test_mask", .init([false, false, false, false]), "\"test_mask\" chooses no node"),
    (
      "test_mask", .init([true, false, false], [3]),
      "\"test_mask\" has the shape [3], where a mask of 4 nodes is [4]"
    ),
    (
      "test_mask", .init([Bool](repeating: false, count: 8), [4, 2]),
      "save one of its columns, such as test_mask[:, 0]"
    ),
    ("test_mask", .init([0, 0, 2, 0]), "\"test_mask\" has other numbers than 0 and 1"),
  ]

  @Test("A malformed array is named, with what to do", arguments: malformedArrays.indices)
  func malformedArray(_ index: Int) {
    let (name, array, expected) = Self.malformedArrays[index]
    var arrays = Self.arrays
    arrays[name] = array
    let message = message { try read(arrays) }
    #expect(message.contains(expected) && message.contains("g.npz: ") && message.contains("; "), "\(message)")
  }

  @Test(
    "A malformed line is named, with what to do",
    arguments: [
      ("edges.csv", "0,1\n1,4\n", "edges.csv: line 2: node 4, where the nodes are 0 to 3"),
      ("edges.csv", "0,1\n1,-1\n", "line 2: node -1"),
      ("edges.csv", "0,1\n1,x\n", "edges.csv: line 2: \"x\" is no number of a node; number nodes from 0"),
      ("edges.csv", "0,1\n1,2,3\n", "line 2: 3 fields, where an edge has two nodes"),
      (
        "features.csv", "1,0\n0\n1,1\n1,1\n", "features.csv: line 2: 1 numbers, where the lines before have 2"
      ),
      ("features.csv", "1,0\n0,nan\n1,1\n1,1\n", "line 2: \"nan\" is no finite number"),
      ("features.csv", "1,0\n0,\n1,1\n1,1\n", "line 2: \"\" is no finite number"),
      ("features.csv", "a,b\n", "features.csv: has no line of numbers"),
      ("labels.csv", "0\n1\n", "labels.csv: has 2 lines for 4 nodes (lines of features)"),
      ("labels.csv", "0\n1\n7\n0\n", "labels.csv: line 3: class 7, where classes are from 0 to 3"),
      (
        "splits.csv", "train\nvalidation\ntests\nnone\n",
        "line 3: \"tests\" is no part of a split; write train, validation, test or none"
      ),
      ("splits.csv", "train\ntrain\ntest\nnone\n", "splits.csv: no line is \"validation\""),
      ("splits.csv", "train\nvalidation\ntest\ntest\n", "line 4: node 3 has no class; write none for it"),
    ])
  func malformedLine(_ name: String, _ text: String, _ expected: String) {
    let message = message { try read(Self.files.merging([name: text]) { $1 }) }
    #expect(message.contains(expected), "\(message)")
  }

  @Test("A folder without edges is refused") func missing() {
    var files = Self.files
    files["edges.csv"] = nil
    #expect(
      message { try read(files) }.contains("has no file edges.csv, .tsv or .txt; add it, with two nodes"))
  }
}
