import GraphLearning
import Networks
import Torch

/// A directed graph of five nodes with an edge from node 1 to itself; node 3 is no target and node 4 is alone.
func directedGraph() throws -> Graph {
  try Graph(nodes: 5, sources: [0, 1, 1, 2, 3, 3], targets: [1, 1, 2, 0, 0, 2])
}

/// A pass that drops nothing.
func evaluationPass() -> Pass { Pass(.evaluation, generator: RandomGenerator(seed: 1)) }

/// A layer made of a function, for `checkLayer`.
struct FunctionLayer: Layer {
  let body: (Tensor, Pass) -> Tensor

  func callAsFunction(_ x: Tensor, _ pass: Pass) -> Tensor { body(x, pass) }
}

/// A dense matrix in sparse form, with all its elements that are not zero.
func sparse(_ dense: Tensor) -> SparseMatrix {
  let (rows, columns) = (dense.shape[0], dense.shape[1])
  let elements = dense.scalars(Float.self)
  var (starts, indices, values): ([Int32], [Int32], [Float]) = ([0], [], [])
  for row in 0..<rows {
    for column in 0..<columns where elements[row * columns + column] != 0 {
      indices.append(Int32(column))
      values.append(elements[row * columns + column])
    }
    starts.append(Int32(values.count))
  }
  return SparseMatrix(rowStarts: starts, columnIndices: indices, values: values, columns: columns)
}
