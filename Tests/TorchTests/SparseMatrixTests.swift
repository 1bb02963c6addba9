import TestSupport
import Testing
import Torch

@Suite("Sparse matrices") struct SparseMatrixTests {
  /// A sparse matrix of which a third of the elements is not zero, and the same as a dense one. Row 0 and
  /// column 1 are empty.
  private func matrices(rows: Int, columns: Int) -> (SparseMatrix, Tensor) {
    let numbers = RandomGenerator(seed: 4).normal([rows, columns]).scalars(Float.self)
    var (starts, indices, values): ([Int32], [Int32], [Float]) = ([0], [], [])
    var dense = [Float](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns where row > 0 && column != 1 && numbers[row * columns + column] > 0.4 {
        indices.append(Int32(column))
        values.append(numbers[row * columns + column])
        dense[row * columns + column] = numbers[row * columns + column]
      }
      starts.append(Int32(indices.count))
    }
    let sparse = SparseMatrix(rowStarts: starts, columnIndices: indices, values: values, columns: columns)
    return (sparse, Tensor(dense, shape: [rows, columns]))
  }

  @Test("A symmetric matrix is kept once, any other with its transpose") func symmetric() async {
    // In a process of its own, because the count of bytes is the process's.
    await #expect(processExitsWith: .success) {
      let count = 10_000
      func bytes(_ corner: Float) -> Int {
        let before = Device.cpu.allocatedBytes
        // A path: two elements in each row, but for the ends.
        let starts = (0...count).map { Int32($0 == 0 ? 0 : min(2 * $0 - 1, 2 * count - 2)) }
        let columns = (0..<count).flatMap { row in
          [row - 1, row + 1].filter { (0..<count).contains($0) }.map { Int32($0) }
        }
        var values = [Float](repeating: 1, count: columns.count)
        values[0] = corner
        let matrix = SparseMatrix(rowStarts: starts, columnIndices: columns, values: values, columns: count)
        let kept = Device.cpu.allocatedBytes - before
        // The gradient by x of the sum of the rows is the sum of each column.
        let x = Tensor.ones([count, 1]).requiringGradient()
        let gradient = gradients(of: [matrix.matmul(x).sum()], for: [x])[0]?.scalars(Float.self) ?? []
        precondition(gradient[0] == 1 && gradient[1] == 1 + corner && gradient[2] == 2, "\(gradient[..<3])")
        return kept
      }
      let (symmetric, other) = (bytes(1), bytes(3))
      precondition(symmetric > 0 && other == 2 * symmetric, "\(symmetric) and \(other) bytes")
    }
  }

  @Test(
    "The product and its gradient are those of the dense matrix",
    arguments: [(5, 7), (7, 5), (1, 3), (30, 2)])
  func dense(rows: Int, columns: Int) throws {
    let (sparse, dense) = matrices(rows: rows, columns: columns)
    #expect(sparse.rows == rows && sparse.columns == columns)
    let x = RandomGenerator(seed: 5).normal([columns, 4]).requiringGradient()
    let vectors = RandomGenerator(seed: 6).normal([rows, 4])
    let (y, expected) = (sparse.matmul(x), dense.matmul(x))
    #expect(y.shape == [rows, 4])
    #expect(y.maximumDifference(from: expected.detached()) < 1e-5)
    #expect(y.selected(0, 0).abs().sum().item == 0)
    let gradient = try #require(gradients(of: [y], with: [vectors], for: [x])[0])
    let denseGradient = try #require(gradients(of: [expected], with: [vectors], for: [x])[0])
    #expect(gradient.maximumDifference(from: denseGradient) < 1e-5)
    #expect(gradient.selected(0, 1).abs().sum().item == 0)
  }

  @Test("A gradient that is not contiguous is taken in its own order") func expandedGradient() throws {
    let (sparse, dense) = matrices(rows: 5, columns: 7)
    let x = RandomGenerator(seed: 5).normal([7, 4]).requiringGradient()
    let gradient = try #require(gradients(of: [sparse.matmul(x).transposed().sum()], for: [x])[0])
    let expected = try #require(gradients(of: [dense.matmul(x).sum()], for: [x])[0])
    #expect(gradient.maximumDifference(from: expected) < 1e-5)
  }

  @Test("A matrix without elements gives zeros") func empty() {
    let sparse = SparseMatrix(rowStarts: [0, 0, 0], columnIndices: [], values: [], columns: 3)
    #expect(sparse.matmul(Tensor.ones([3, 2])).equals(.zeros([2, 2])))
  }

  @Test("The product runs off the graph for an input that asks for no gradient") func offGraph() {
    #expect(!matrices(rows: 3, columns: 3).0.matmul(Tensor.ones([3, 2])).requiresGradient)
  }

  static let malformed: [(starts: [Int32], columns: [Int32])] = [
    ([0, 1, 2], [0, 3]), ([0, 1, 2], [0, -1]), ([0, 2, 1], [0, 1]), ([1, 1, 2], [0, 1]),
    ([0, 1, 3], [0, 1]),
    ([0, 2, 2], [1, 0]), ([], []),
  ]

  @Test("Row starts or columns that make no matrix are refused", arguments: malformed)
  func refusal(starts: [Int32], columns: [Int32]) {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        _ = SparseMatrix(
          rowStarts: starts, columnIndices: columns, values: columns.map { _ in 1 }, columns: 3)
      }
    }
  }

  @Test("A dense tensor of another height is refused by the product's name") func shapes() throws {
    let sparse = matrices(rows: 3, columns: 4).0
    let error = try #require(throws: TorchError.self) {
      try withTorchErrors { _ = sparse.matmul(Tensor.ones([3, 2])) }
    }
    #expect(error.operation == "SparseMatrix.matmul(_:)")
  }

  @Test("Dropout keeps or drops each stored element, in the matrix and in its transpose") func dropout()
    throws
  {
    let sparse = matrices(rows: 30, columns: 20).0
    let dropped = sparse.dropout(0.4, RandomGenerator(seed: 8))
    let (before, after) = (sparse.values.scalars(Float.self), dropped.values.scalars(Float.self))
    #expect(zip(before, after).allSatisfy { $1 == 0 || abs($1 - $0 / 0.6) < 1e-5 * abs($0) })
    let kept = Double(after.count { $0 != 0 }) / Double(after.count)
    #expect(abs(kept - 0.6) < 0.15)
    let dense = dropped.matmul(Tensor.identity(20))
    #expect(dropped.transposed.matmul(Tensor.identity(30)).equals(dense.transposed().contiguous()))
    let x = RandomGenerator(seed: 5).normal([20, 2]).requiringGradient()
    let vectors = RandomGenerator(seed: 6).normal([30, 2])
    let gradient = try #require(gradients(of: [dropped.matmul(x)], with: [vectors], for: [x])[0])
    #expect(gradient.maximumDifference(from: dense.transposed().matmul(vectors)) < 1e-5)
    #expect(sparse.dropout(0.4, RandomGenerator(seed: 8)).values.equals(dropped.values))
    #expect(sparse.dropout(0, RandomGenerator(seed: 8)).values.equals(sparse.values))
    #expect(sparse.dropout(1, RandomGenerator(seed: 8)).values.abs().max().item == 0)
  }
}
