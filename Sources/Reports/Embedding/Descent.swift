import Foundation

/// The gradient descent of ``TSNE``.
package struct Descent {
  /// x and y of every point in turn. **Shape** `[N, 2]`
  package private(set) var positions: [Double]
  private let affinities: Affinities
  private var repulsion: Repulsion
  private var velocities: [Double]
  private var gains: [Double]
  private var forces: [Double]
  private var derivatives: [Double]

  /// At the beginning, with points at `positions`.
  package init(_ affinities: Affinities, angle: Double, _ positions: [Double]) {
    self.affinities = affinities
    self.positions = positions
    repulsion = Repulsion(count: affinities.count, angle: angle)
    velocities = positions.map { _ in 0 }
    gains = positions.map { _ in 1 }
    forces = velocities
    derivatives = velocities
  }

  /// The derivative of the divergence by every coordinate, with exaggerated affinities. **Shape** `[N, 2]`
  package mutating func gradient(exaggeration: Double = 1) -> [Double] {
    differentiate(exaggeration: exaggeration)
    return derivatives
  }

  /// Moves every point once.
  ///
  /// A coordinate's gain grows by 0.2 where gradient and velocity disagree in sign, which is where it keeps its
  /// direction, and else shrinks to 0.8 of itself, but not below 0.01 (Jacobs 1988).
  package mutating func step(rate: Double, momentum: Double, exaggeration: Double) {
    differentiate(exaggeration: exaggeration)
    var (meanX, meanY) = (0.0, 0.0)
    let count = affinities.count
    for index in positions.indices {
      let derivative = derivatives[index]
      let keepsDirection = (derivative > 0) != (velocities[index] > 0)
      gains[index] = keepsDirection ? gains[index] + 0.2 : max(gains[index] * 0.8, 0.01)
      velocities[index] = momentum * velocities[index] - rate * gains[index] * derivative
      positions[index] += velocities[index]
      if index % 2 == 0 { meanX += positions[index] } else { meanY += positions[index] }
    }
    (meanX, meanY) = (meanX / Double(count), meanY / Double(count))
    for index in positions.indices { positions[index] -= index % 2 == 0 ? meanX : meanY }
  }

  /// Whether all points are where points can be: those of an embedding are within some hundreds.
  package var isBounded: Bool { positions.allSatisfy { abs($0) < 1e6 } }

  /// The divergence of the points' affinities from the rows'.
  package mutating func divergence() -> Double {
    let total = repulsion.sum(positions, into: &forces)
    var sum = 0.0
    for row in 0..<affinities.count {
      for entry in affinities.rowStarts[row]..<affinities.rowStarts[row + 1] {
        let p = affinities.values[entry]
        guard p > 0 else { continue }
        let other = Int(affinities.columns[entry])
        let x = positions[2 * row] - positions[2 * other]
        let y = positions[2 * row + 1] - positions[2 * other + 1]
        // log p - log q, where q = 1 / ((1 + |y_i - y_j|²) Z)
        sum += p * (log(p) + log1p(x * x + y * y) + log(total))
      }
    }
    return sum
  }

  private mutating func differentiate(exaggeration: Double) {
    let total = repulsion.sum(positions, into: &forces)
    let count = affinities.count
    affinities.rowStarts.withUnsafeBufferPointer { starts in
      affinities.columns.withUnsafeBufferPointer { columns in
        affinities.values.withUnsafeBufferPointer { values in
          positions.withUnsafeBufferPointer { positions in
            for row in 0..<count {
              let (x, y) = (positions[2 * row], positions[2 * row + 1])
              var (forceX, forceY) = (0.0, 0.0)
              for entry in starts[row]..<starts[row + 1] {
                let other = 2 * Int(columns[entry])
                let (offsetX, offsetY) = (x - positions[other], y - positions[other + 1])
                let weight = values[entry] / (1 + offsetX * offsetX + offsetY * offsetY)
                forceX += weight * offsetX
                forceY += weight * offsetY
              }
              derivatives[2 * row] = 4 * (exaggeration * forceX - forces[2 * row] / total)
              derivatives[2 * row + 1] = 4 * (exaggeration * forceY - forces[2 * row + 1] / total)
            }
          }
        }
      }
    }
  }
}
