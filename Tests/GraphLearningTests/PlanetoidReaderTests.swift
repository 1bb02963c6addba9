import Basics
import Datasets
import TestConditions
import TestSupport
import Testing

import GraphLearning

@Suite struct PlanetoidReaderTests {
  // MARK: Real data; every number below was computed with NumPy and SciPy from the same files.

  @Test(.needsData(DatasetCatalog.cora)) func readsCora() throws {
    let data = try PlanetoidReader.read(DatasetCatalog.cora, from: DatasetStore())
    expectCounts(data, nodes: 2708, edges: 5278, features: 1433, classes: 7, training: 140)
    expectSums(
      data, values: 49_216, byColumn: 39_066_059, byRow: 66_253_924, lower: 4_700_087, upper: 9_120_131)
    #expect(data.features.values.count == 49_216)
    #expect(data.features.columnIndices.prefix(5) == [19, 81, 146, 315, 774])
    #expect(data.labels.prefix(10) == [3, 4, 4, 0, 3, 2, 0, 3, 3, 2])
    #expect(histogram(data.labels) == [0: 351, 1: 217, 2: 418, 3: 818, 4: 426, 5: 298, 6: 180])
    #expect(
      histogram(data.testNodes.map { data.labels[$0] })
        == [0: 130, 1: 91, 2: 144, 3: 319, 4: 149, 5: 103, 6: 64])
    #expect(data.edges.prefix(3).map { [$0.0, $0.1] } == [[0, 633], [0, 1862], [0, 2582]])
    // The first line of test.index: the first row of tx must be there and not at node 1708.
    let row = data.features.elements(ofRow: 2692)
    #expect(row.count == 15 && data.features.columnIndices[row].prefix(5) == [311, 314, 353, 505, 510])
  }

  @Test(.needsData(DatasetCatalog.citeseer)) func readsCiteSeerWithItsIsolatedNodes() throws {
    let data = try PlanetoidReader.read(DatasetCatalog.citeseer, from: DatasetStore())
    expectCounts(data, nodes: 3327, edges: 4552, features: 3703, classes: 6, training: 120)
    expectSums(
      data, values: 105_165, byColumn: 191_467_265, byRow: 174_813_859, lower: 4_921_161, upper: 9_933_735)
    #expect(histogram(data.labels) == [-1: 15, 0: 249, 1: 590, 2: 668, 3: 701, 4: 596, 5: 508])
    let isolated = [
      2407, 2489, 2553, 2682, 2781, 2953, 3042, 3063, 3212, 3214, 3250, 3292, 3305, 3306, 3309,
    ]
    #expect(data.labels.indices.filter { data.labels[$0] == -1 } == isolated)
    #expect((0..<data.nodes).filter { data.features.elements(ofRow: $0).isEmpty } == isolated)
    #expect(Set(isolated).isDisjoint(with: data.testNodes))
    #expect(data.features.elements(ofRow: 2488).count == 41)
  }

  @Test(.needsData(DatasetCatalog.pubmed)) func readsPubMed() throws {
    let stopwatch = Stopwatch()
    let data = try PlanetoidReader.read(DatasetCatalog.pubmed, from: DatasetStore())
    print("PubMed read in \(stopwatch.seconds) s")
    expectCounts(data, nodes: 19717, edges: 44324, features: 500, classes: 3, training: 60)
    expectSums(
      data, values: 38_716.295094509376, byColumn: 8_771_920.557127455, byRow: 381_713_279.18286467,
      lower: 287_591_832, upper: 576_852_855)
    #expect(data.features.values.count == 988_031)
    #expect(data.features.values.prefix(3) == [0.0049993712, 0.048049156, 0.012981635])
    #expect(histogram(data.labels) == [0: 4103, 1: 7739, 2: 7875])
    #expect(histogram(data.validationNodes.map { data.labels[$0] }) == [0: 98, 1: 194, 2: 208])
    #expect(data.edges.suffix(2).map { [$0.0, $0.1] } == [[19198, 19266], [19474, 19609]])
  }

  private func expectCounts(
    _ data: LabelledGraph, nodes: Int, edges: Int, features: Int, classes: Int, training: Int
  ) {
    #expect(data.nodes == nodes && data.features.rows == nodes)
    #expect(data.edges.count == edges)
    #expect(data.features.columns == features)
    #expect(data.classes == classes)
    #expect(data.trainingNodes == Array(0..<training))
    #expect(data.validationNodes == Array(training..<training + 500))
    #expect(data.testNodes == data.testNodes.sorted() && Set(data.testNodes).count == 1000)
    #expect(
      data.testNodes.first == nodes - 1015 + (classes == 6 ? 0 : 15) && data.testNodes.last == nodes - 1)
    let perClass = histogram(data.trainingNodes.map { data.labels[$0] })
    #expect(perClass == Dictionary(uniqueKeysWithValues: (0..<classes).map { ($0, 20) }))
  }

  /// Compares the sum of the features, plain and weighted by one more than the column or row, and of both
  /// ends of edges.
  private func expectSums(
    _ data: LabelledGraph, values: Double, byColumn: Double, byRow: Double, lower: Int, upper: Int
  ) {
    var sums = (values: 0.0, byColumn: 0.0, byRow: 0.0)
    for row in 0..<data.nodes {
      for element in data.features.elements(ofRow: row) {
        let value = Double(data.features.values[element])
        sums.values += value
        sums.byColumn += value * Double(data.features.columnIndices[element] + 1)
        sums.byRow += value * Double(row + 1)
      }
    }
    #expect(abs(sums.values - values) <= 1e-9 * values)
    #expect(abs(sums.byColumn - byColumn) <= 1e-9 * byColumn)
    #expect(abs(sums.byRow - byRow) <= 1e-9 * byRow)
    #expect(data.edges.reduce(0) { $0 + Int($1.0) } == lower)
    #expect(data.edges.reduce(0) { $0 + Int($1.1) } == upper)
    #expect(data.edges.allSatisfy { $0.0 < $0.1 })
  }

  private func histogram(_ labels: [Int]) -> [Int: Int] {
    labels.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  // MARK: A tiny network

  private func read(_ fixture: PlanetoidFixture) throws -> LabelledGraph {
    try PlanetoidReader.read(validationCount: 1, file: fixture.file)
  }

  @Test func putsRowsWhereTestIndexSays() throws {
    let data = try read(PlanetoidFixture())
    #expect(data.nodes == 6 && data.classes == 2)
    #expect(data.labels == [0, 1, -1, 0, -1, 1])
    #expect(data.features.rowStarts == [0, 1, 3, 3, 5, 5, 6])
    #expect(data.features.columnIndices == [0, 1, 2, 1, 2, 0])
    #expect(data.features.values == [1, 0.5, 2, 4, 3, 5])
    #expect(data.edges.map { [$0.0, $0.1] } == [[0, 1], [0, 2], [3, 5]])
    #expect(data.trainingNodes == [0, 1] && data.validationNodes == [2] && data.testNodes == [3, 5])
  }

  @Test(arguments: [
    ("test.index", Array("5\n5\n".utf8), "the test nodes are not distinct nodes from 3 to 5"),
    ("test.index", Array("5\n2\n".utf8), "the test nodes are not distinct nodes from 3 to 5"),
    ("test.index", Array("5\n6\n".utf8), "the test nodes are not distinct nodes from 3 to 5"),
    ("test.index", Array("5\n".utf8), "1 nodes, while tx has 2 rows"),
    ("test.index", Array("5\nx\n".utf8), "byte 2: this line is no number"),
    ("tx", PlanetoidFixture.pickle(rows: [[], []], columns: 4), "4 columns, while allx has 3"),
    ("tx", PlanetoidFixture.pickle(rows: [[]], columns: 3), "2 rows of 2 classes, while tx has 1 rows and"),
    ("allx", PlanetoidFixture.pickle(rows: [[(3, 1)], [], []], columns: 3), "row 0 has column 3 out of"),
    ("allx", PlanetoidFixture.pickle(rows: [[(-1, 1)], [], []], columns: 3), "row 0 has column -1 out of"),
    (
      "allx", PlanetoidFixture.pickle(rows: [[], [(1, 1), (1, 1)], []], columns: 3), "row 1 has column 1 out"
    ),
    ("allx", PlanetoidFixture.pickle(rows: [[(0, .nan)], [], []], columns: 3), "a value is not finite"),
    ("ally", PlanetoidFixture.pickle(labels: [[1, 0], [0, 1]]), "2 rows, while allx has 3"),
    (
      "ally", PlanetoidFixture.pickle(labels: [[1, 0], [1, 1], [0, 0]]), "row 1 of the classes is not one-hot"
    ),
    (
      "ally", PlanetoidFixture.pickle(labels: [[1, 0], [0, 2], [0, 0]]), "row 1 of the classes is not one-hot"
    ),
    ("ty", PlanetoidFixture.pickle(labels: [[0], [1]]), "2 rows of 1 classes, while tx has 2 rows and"),
    (
      "y", PlanetoidFixture.pickle(labels: [[1, 0], [1, 0]]), "the classes differ from those at the beginning"
    ),
    ("y", PlanetoidFixture.pickle(labels: [[1, 0], [0, 1], [0, 0]]), "3 rows are too few for 4"),
    ("graph", PlanetoidFixture.pickle(graph: [[1], [2]]), "node 2 of 2"),
    ("graph", PlanetoidFixture.pickle(graph: [[1], [0]]), "2 nodes, while allx has 3 rows"),
  ])
  func rejectsFilesThatContradictEachOther(suffix: String, bytes: [UInt8], reason: String) {
    var fixture = PlanetoidFixture()
    fixture.files[suffix] = bytes
    do {
      _ = try read(fixture)
      Issue.record("expected an error")
    } catch {
      #expect(error is DataError)
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  @Test func rejectsSharedListsThatMultiply() {
    // 200 nodes that all recall one list of 200 neighbours: 40,000 citations from 1,600 bytes.
    var bytes =
      [0x80, 2] + Array("ccollections\ndefaultdict\nc__builtin__\nlist\n".utf8) + [0x85, 0x52, 0x28]
    bytes += [0x4b, 0, 0x5d, 0x71, 9, 0x28] + (0..<200).flatMap { [0x4b, UInt8($0)] } + [0x65]
    bytes += (1..<200).flatMap { [0x4b, UInt8($0), 0x68, 9] } + [0x75, 0x2e]
    var fixture = PlanetoidFixture()
    fixture.files["graph"] = bytes
    #expect {
      _ = try read(fixture)
    } throws: { error in
      "\(error)".contains("the graph has more citations than the file has bytes")
    }
  }

  @Test func saysWhatIsMissing() {
    let store = DatasetStore(environment: ["HOME": "/nowhere"])
    #expect(
      throws: DataError.missing(
        dataset: "cora", file: "ind.cora.x", searched: ["/nowhere/.cache/dfa/planetoid"])
    ) { try PlanetoidReader.read(DatasetCatalog.cora, from: store) }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test, saying so, where this machine does not have `dataset`.
  static func needsData(_ dataset: Dataset) -> Self {
    .enabled(
      if: (try? DatasetStore().locate(dataset)) != nil,
      "needs data: \(dataset.name) (dfa data fetch \(dataset.name))")
  }
}

extension LabelledGraph {
  fileprivate var trainingNodes: [Int] { split?.training ?? [] }
  fileprivate var validationNodes: [Int] { split?.validation ?? [] }
  fileprivate var testNodes: [Int] { split?.test ?? [] }
}
