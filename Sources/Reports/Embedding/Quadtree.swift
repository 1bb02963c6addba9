/// Points of the plane in nested groups, each of which may stand for its points to one that is far away.
///
/// A group is cut into four at the middle of the box around its points, until few are left. Groups lie in the
/// order of a walk from the root, each with the place to go on when what is below it need not be seen, so that
/// a walk is one loop without a stack.
///
/// **Source** Barnes and Hut 1986; van der Maaten 2014, section 4.2.
struct Quadtree {
  /// A group of points.
  struct Group {
    /// The mean of the points.
    var x = 0.0
    var y = 0.0
    /// How many there are.
    var count = 0.0
    /// The square of the longer side of the box around them.
    var squaredWidth = 0.0
    /// Where a walk goes on that does not look into the group.
    var next: Int32 = 0
    /// The first of its points in the order of the tree.
    var start: Int32 = 0
    /// Past the last of its points when each is to be looked at, else `start`; -1 when there are groups below.
    var end: Int32 = -1
  }

  /// Points that a group without groups below may have.
  private static let fewest = 6
  /// Where the same or nearly the same points are many, cutting ends here.
  private static let maximumDepth = 64

  /// The groups in the order of a walk.
  private(set) var groups: [Group] = []
  /// The numbers of the points in the order of the tree; kept from one tree to the next, which is much like it.
  private(set) var order: [Int32]
  /// The points in the order of the tree, x and y in turn. **Shape** `[N, 2]`
  private(set) var points: [Double]

  /// A tree for `count` points, still without them.
  init(count: Int) {
    order = (0..<Int32(count)).map { $0 }
    points = Array(repeating: 0, count: 2 * count)
  }

  /// Makes the tree of these points.
  ///
  /// - Parameter positions: x and y of each in turn. **Shape** `[N, 2]`
  mutating func build(_ positions: [Double]) {
    groups.removeAll(keepingCapacity: true)
    positions.withUnsafeBufferPointer { positions in
      add(0, order.count, depth: 0, positions)
      for place in order.indices {
        points[2 * place] = positions[2 * Int(order[place])]
        points[2 * place + 1] = positions[2 * Int(order[place]) + 1]
      }
    }
  }

  private mutating func add(_ start: Int, _ end: Int, depth: Int, _ positions: UnsafeBufferPointer<Double>) {
    var (sumX, sumY) = (0.0, 0.0)
    var (lowX, highX, lowY, highY) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
    order.withUnsafeBufferPointer { order in
      for place in start..<end {
        let (x, y) = (positions[2 * Int(order[place])], positions[2 * Int(order[place]) + 1])
        sumX += x
        sumY += y
        (lowX, highX) = (min(lowX, x), max(highX, x))
        (lowY, highY) = (min(lowY, y), max(highY, y))
      }
    }
    let count = Double(end - start)
    let width = max(highX - lowX, highY - lowY)
    let number = groups.count
    groups.append(
      Group(
        x: sumX / count, y: sumY / count, count: count, squaredWidth: width * width, start: Int32(start)))
    if end - start <= Self.fewest {
      groups[number].end = Int32(end)
    } else if width == 0 || depth == Self.maximumDepth {
      groups[number].end = Int32(start)
    } else {
      let (x, y) = ((lowX + highX) / 2, (lowY + highY) / 2)
      let middle = partition(start, end, positions, offset: 0, at: x)
      let lower = partition(start, middle, positions, offset: 1, at: y)
      let upper = partition(middle, end, positions, offset: 1, at: y)
      for (start, end) in [(start, lower), (lower, middle), (middle, upper), (upper, end)] where start < end {
        add(start, end, depth: depth + 1, positions)
      }
    }
    groups[number].next = Int32(groups.count)
  }

  /// Puts the points below `limit` in one coordinate before the others.
  /// - Returns: The place of the first of the others.
  private mutating func partition(
    _ start: Int, _ end: Int, _ positions: UnsafeBufferPointer<Double>, offset: Int, at limit: Double
  ) -> Int {
    order.withUnsafeMutableBufferPointer { order in
      var (low, high) = (start, end)
      while true {
        while low < high, positions[2 * Int(order[low]) + offset] < limit { low += 1 }
        while low < high, positions[2 * Int(order[high - 1]) + offset] >= limit { high -= 1 }
        guard low < high else { return low }
        order.swapAt(low, high - 1)
      }
    }
  }
}
