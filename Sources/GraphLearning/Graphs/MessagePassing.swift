import Torch

/// Message passing: gather what is at the ends of edges, make a message for each edge, and aggregate the messages
/// at their targets. Gathering and aggregating are products with constant matrices of ones.
///
/// Where a message is its source's vector times a constant, one product with a matrix of these constants, such as
/// ``Graph/normalizedAdjacency``, does all three.
///
/// **Source** Gilmer et al. 2017, eq. 1 and 2.
extension Graph {
  /// The row of each edge's source.
  ///
  /// **Shape** `[N, ...]` to `[E, ...]`
  public func atSources(_ x: Tensor) -> Tensor {
    let matrix = sourceRows {
      SparseMatrix(
        rowStarts: Array(0...Int32(edges)), columnIndices: sources,
        values: [Float](repeating: 1, count: edges), columns: nodes, device: device)
    }
    return matrix.matmul(x.flattenedRows()).reshaped([edges] + x.shape.dropFirst())
  }

  /// The row of each edge's target.
  ///
  /// **Shape** `[N, ...]` to `[E, ...]`
  public func atTargets(_ x: Tensor) -> Tensor {
    targetMatrix.transposed.matmul(x.flattenedRows()).reshaped([edges] + x.shape.dropFirst())
  }

  /// The sum of the messages of the edges that lead to each node; zero where none leads.
  ///
  /// **Shape** `[E, ...]` to `[N, ...]`
  public func sum(_ messages: Tensor) -> Tensor {
    targetMatrix.matmul(messages.flattenedRows()).reshaped([nodes] + messages.shape.dropFirst())
  }

  /// For each target the softmax over the edges that lead to it: positive numbers whose sum is 1.
  ///
  /// **Shape** `[E, H]` to `[E, H]`
  ///
  /// **Source** Veličković et al. 2018, eq. 2.
  public func edgeSoftmax(_ scores: Tensor) -> Tensor {
    let starts = targetStartTensor { Tensor(targetStarts.map(Int.init)).to(device) }
    // Any number common to the edges of a target leaves the result as it is; the maximum keeps exp finite.
    let exponents = scores - atTargets(scores.segmentMaximum(starts: starts))
    let exponentials = exponents.exp()
    return exponentials / atTargets(sum(exponentials))
  }

  /// Row i has 1 for each edge that leads to node i.
  private var targetMatrix: SparseMatrix {
    targetRows {
      SparseMatrix(
        rowStarts: targetStarts, columnIndices: Array(0..<Int32(edges)),
        values: [Float](repeating: 1, count: edges), columns: edges, device: device)
    }
  }
}
