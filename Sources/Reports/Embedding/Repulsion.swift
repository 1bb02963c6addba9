/// How embedded points push each other away.
///
/// With `w_ij = 1 / (1 + |y_i - y_j|²)`: the forces `Σ_j w_ij² (y_i - y_j)` and the sum `Z = Σ_i Σ_j≠i w_ij`.
///
/// **Source** van der Maaten 2014, section 4.2: the second sum of eq. 8, not yet divided by Z.
package struct Repulsion {
  /// Groups stand for their points where their width is less than this share of the distance; 0 sums all pairs.
  package let angle: Double
  private var tree: Quadtree

  /// For `count` points.
  package init(count: Int, angle: Double) {
    self.angle = angle
    tree = Quadtree(count: count)
  }

  /// Sums up the forces on every point.
  ///
  /// - Parameters:
  ///   - positions: x and y of each in turn. **Shape** `[N, 2]`
  ///   - forces: room for as many numbers.
  /// - Returns: Z.
  package mutating func sum(_ positions: [Double], into forces: inout [Double]) -> Double {
    angle == 0 ? Self.sumAll(positions, into: &forces) : sumByGroups(positions, into: &forces)
  }

  private static func sumAll(_ positions: [Double], into forces: inout [Double]) -> Double {
    for index in forces.indices { forces[index] = 0 }
    var total = 0.0
    let count = positions.count / 2
    positions.withUnsafeBufferPointer { positions in
      forces.withUnsafeMutableBufferPointer { forces in
        for i in 0..<count {
          for j in 0..<i {
            let (x, y) = (positions[2 * i] - positions[2 * j], positions[2 * i + 1] - positions[2 * j + 1])
            let weight = 1 / (1 + x * x + y * y)
            total += weight
            let (forceX, forceY) = (weight * weight * x, weight * weight * y)
            forces[2 * i] += forceX
            forces[2 * i + 1] += forceY
            forces[2 * j] -= forceX
            forces[2 * j + 1] -= forceY
          }
        }
      }
    }
    return 2 * total
  }

  private mutating func sumByGroups(_ positions: [Double], into forces: inout [Double]) -> Double {
    tree.build(positions)
    let squaredAngle = angle * angle
    var total = 0.0
    tree.groups.withUnsafeBufferPointer { groups in
      tree.points.withUnsafeBufferPointer { points in
        for (place, number) in tree.order.enumerated() {
          let (x, y) = (points[2 * place], points[2 * place + 1])
          var (sum, forceX, forceY) = (0.0, 0.0, 0.0)
          var next = 0
          while next < groups.count {
            let group = groups[next]
            let (offsetX, offsetY) = (x - group.x, y - group.y)
            let squaredDistance = offsetX * offsetX + offsetY * offsetY
            // A group that the point belongs to is never far enough away, as the angle is at most 0.7.
            let standsForAll = group.squaredWidth < squaredAngle * squaredDistance || group.end == group.start
            if standsForAll {
              let weight = 1 / (1 + squaredDistance)
              sum += group.count * weight
              let force = group.count * weight * weight
              forceX += force * offsetX
              forceY += force * offsetY
            } else if group.end < 0 {
              next += 1
              continue
            } else {
              for other in Int(group.start)..<Int(group.end) {
                let (offsetX, offsetY) = (x - points[2 * other], y - points[2 * other + 1])
                let weight = 1 / (1 + offsetX * offsetX + offsetY * offsetY)
                sum += weight
                forceX += weight * weight * offsetX
                forceY += weight * weight * offsetY
              }
            }
            next = Int(group.next)
          }
          // The point itself was counted, with weight 1 and without a force.
          total += sum - 1
          forces[2 * Int(number)] = forceX
          forces[2 * Int(number) + 1] = forceY
        }
      }
    }
    return total
  }
}
