/// The rows along the two directions in which they vary most.
///
/// The directions are found by orthogonal iteration on the covariance, which is never formed: each round
/// multiplies two vectors by the centred rows and back, in O(N D).
enum PrincipalComponents {
  /// The two coordinates of every row, one after the other. **Shape** `[N, 2]`
  ///
  /// Where the rows vary in fewer directions, the coordinates along the others are 0.
  static func scores(of rows: EmbeddingRows, rounds: Int = 100, _ generator: inout SeededGenerator)
    -> [Double]
  {
    let (count, stride) = (rows.count, rows.stride)
    var mean = [SIMD8<Float>](repeating: .zero, count: stride)
    for (index, vector) in rows.vectors.enumerated() { mean[index % stride] += vector }
    for index in 0..<stride { mean[index] /= Float(count) }
    let centred = rows.vectors.enumerated().map { $1 - mean[$0 % stride] }

    var directions = (0..<2).map { _ in
      (0..<stride).map { _ in SIMD8<Float>((0..<8).map { _ in Float(generator.normal()) }) }
    }
    func scores(_ direction: [SIMD8<Float>]) -> [Float] {
      (0..<count).map { row in
        var sum = SIMD8<Float>.zero
        for index in 0..<stride { sum += centred[row * stride + index] * direction[index] }
        return sum.sum()
      }
    }
    for _ in 0..<rounds {
      directions = directions.map { direction in
        var product = [SIMD8<Float>](repeating: .zero, count: stride)
        for (row, score) in scores(direction).enumerated() {
          for index in 0..<stride { product[index] += score * centred[row * stride + index] }
        }
        return normalized(product)
      }
      let overlap = zip(directions[0], directions[1]).reduce(Float(0)) { $0 + ($1.0 * $1.1).sum() }
      directions[1] = normalized(zip(directions[0], directions[1]).map { $1 - overlap * $0 })
    }
    return zip(scores(directions[0]), scores(directions[1])).flatMap { [Double($0), Double($1)] }
  }

  private static func normalized(_ vector: [SIMD8<Float>]) -> [SIMD8<Float>] {
    let length = vector.reduce(Float(0)) { $0 + ($1 * $1).sum() }.squareRoot()
    return length > 0 ? vector.map { $0 / length } : vector
  }
}
