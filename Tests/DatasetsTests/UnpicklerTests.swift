import Datasets
import TestConditions
import TestSupport
import Testing

@Suite struct UnpicklerTests {
  private func load(_ bytes: [UInt8]) throws -> Pickle {
    try Unpickler.load(DataFile(path: "x", bytes: bytes))
  }

  private func load(_ text: String) throws -> Pickle {
    try load(Array(text.utf8))
  }

  private func malformed(at offset: Int, _ reason: String) -> DataError {
    .malformed(path: "x", offset: offset, reason: reason)
  }

  @Test func refusesToExecuteAnything() {
    #expect(throws: malformed(at: 1, "refuses to load 'os.system'")) {
      try load("cos\nsystem\n(S'echo'\ntR.")
    }
    #expect(throws: malformed(at: 3, "refuses to load '__builtin__.eval'")) {
      try load([0x80, 2] + "c__builtin__\neval\n".utf8 + [0x28] + "U\u{1}1tR.".utf8)
    }
    #expect(throws: malformed(at: 1, "refuses to load 'numpy.ndarray.system'")) {
      try load("cnumpy.ndarray\nsystem\n.")
    }
    // Extension registry, persistent identifiers of protocol 0, and classes of protocols 0 and 4 are no instructions it
    // knows.
    for code: UInt8 in [0x82, 0x83, 0x84, 0x50, 0x69, 0x6f, 0x93] {
      #expect(throws: malformed(at: 0, "unknown pickle instruction \(code)")) { try load([code]) }
    }
  }

  @Test func readsScalars() throws {
    #expect(try load("N.").root == .none)
    #expect(try load([0x88, 0x2e]).root == .bool(true))
    #expect(try load([0x4b, 200, 0x2e]).root == .integer(200))
    #expect(try load([0x4d, 1, 2, 0x2e]).root == .integer(513))
    #expect(try load([0x4a, 0xfe, 0xff, 0xff, 0xff, 0x2e]).root == .integer(-2))
    #expect(try load("U\u{2}ab.").root == .text(2..<4))
    #expect(try load([0x58, 2, 0, 0, 0, 0xc3, 0xa4, 0x2e]).root == .unicode(5..<7))
    #expect(try load([0x47, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0x2e]).root == .float(1.5))
    #expect(try load([0x8a, 0, 0x2e]).root == .integer(0))
    #expect(try load([0x8a, 5, 0, 0, 0, 0, 1, 0x2e]).root == .integer(1 << 32))
    #expect(try load([0x8a, 1, 0x80, 0x2e]).root == .integer(-128))
    #expect(try load([0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80, 0x2e]).root == .integer(.min))
  }

  @Test func remembersObjectsNotCopies() throws {
    // l = []; memo[1] = l; l.append(7); (l, memo[1]): both elements are the list with 7 in it.
    let pickle = try load([0x5d, 0x71, 1, 0x4b, 7, 0x61, 0x68, 1, 0x86, 0x2e])
    guard case .object(let index) = pickle.root else {
      Issue.record("expected a tuple")
      return
    }
    let pair = pickle.objects[index].items
    #expect(pair.count == 2 && pair[0] == pair[1])
    #expect(try pickle.list(pair[1], "the list") == [.integer(7)])
  }

  @Test func survivesCyclesAndDeepNesting() throws {
    // l = []; l.append(l)
    let cycle = try load([0x5d, 0x71, 0, 0x68, 0, 0x61, 0x2e])
    #expect(try cycle.list(cycle.root, "the list") == [cycle.root])
    let deep = try load([0x4e] + [UInt8](repeating: 0x85, count: 200_000) + [0x2e])
    #expect(deep.objects.count == 200_000)
  }

  @Test(arguments: [
    (".", 0, "the pickle stops early, with 0 values"),
    ("NN.", 2, "the pickle stops early, with 2 values"),
    ("(N.", 2, "the pickle stops early, with 1 values"),
    ("N.N", 1, "the pickle stops early, with 1 values"),
    ("", 0, "the pickle is cut off: 1 bytes expected, 0 left"),
    ("U\u{9}abc.", 2, "the pickle is cut off: 9 bytes expected, 4 left"),
    ("T\u{7f}\u{7f}\u{7f}\u{7f}.", 5, "the pickle is cut off: 2139062143 bytes expected, 1 left"),
    ("cnumpy\nndarray", 7, "the pickle is cut off within a name"),
    ("h\u{1}.", 2, "the pickle recalls 1, which it never remembered"),
    ("q\u{1}.", 2, "the pickle remembers nothing"),
    ("N(q\u{1}.", 4, "the pickle remembers nothing"),
    ("t.", 1, "the pickle misses a mark"),
    ("NR.", 2, "the pickle takes more values than it has made"),
    ("N(R.", 3, "the pickle takes more values than it has made"),
    ("NNa.", 3, "the pickle misses an object to change"),
    ("]Nb.", 3, "the pickle gives a state to no instance"),
    (")Na.", 3, "the pickle adds to something that is no list"),
    ("}(Nu.", 4, "a key without a value"),
    ("Q.", 1, "the pickle takes more values than it has made"),
    ("G12345.", 1, "the pickle is cut off: 8 bytes expected, 6 left"),
  ])
  func rejectsNonsense(text: String, offset: Int, reason: String) {
    #expect(throws: malformed(at: offset, reason)) { try load(text) }
  }

  @Test func rejectsNumbersOfMoreBytes() {
    #expect(throws: malformed(at: 1, "a whole number of 9 bytes, at most 8 are read")) {
      try load([0x8a, 9] + [UInt8](repeating: 1, count: 9) + [0x2e])
    }
  }

  @Test func rejectsLaterProtocols() {
    #expect(throws: malformed(at: 2, "pickle protocol 4, only 2 is supported")) {
      try load([0x80, 4, 0x4e, 0x2e])
    }
  }

  @Test(.needsData(DatasetCatalog.citeseer)) func readsAnArray() throws {
    let pickle = try Unpickler.load(DatasetStore().read(DatasetCatalog.citeseer, "ind.citeseer.y"))
    let array = try PickledArray(pickle.root, in: pickle, "y")
    #expect(array.shape == [120, 6])
    #expect(try array.integers().prefix(12) == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0])
    #expect(throws: DataError.self) { try array.floats() }
    #expect(throws: DataError.self) { try CompressedRows(pickle) }
  }

  @Test(.needsData(DatasetCatalog.pubmed)) func readsACompressedRows() throws {
    let file = try DatasetStore().read(DatasetCatalog.pubmed, "ind.pubmed.tx")
    let matrix = try CompressedRows(Unpickler.load(file))
    #expect(matrix.rows == 1000 && matrix.columns == 500 && matrix.values.count == 50_140)
    #expect(matrix.elements(ofRow: 0) == 0..<65)
    #expect(matrix.columnIndices.prefix(5) == [2, 7, 9, 22, 29])
    #expect(matrix.values.first == 0.01934376)
    #expect(matrix.values.min() == 0.0019654017 && matrix.values.max() == 1.2633097)
  }
}
