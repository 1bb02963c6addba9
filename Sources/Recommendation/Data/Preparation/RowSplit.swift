/// Which part each row of a file is in.
struct RowSplit: Sendable {
  private let order: IndexPermutation
  private let trainingEnd: Int
  private let validationEnd: Int

  init(_ shares: SplitShares, count: Int, seed: UInt64) {
    order = IndexPermutation(count: count, seed: seed)
    let training = Int(shares.training * Double(count))
    let validation = training + Int(shares.validation * Double(count))
    // Nothing is left over for a part of no share.
    validationEnd = shares.test == 0 ? count : validation
    trainingEnd = shares.test == 0 && shares.validation == 0 ? count : training
  }

  /// The part of a row: 0 training, 1 validation, 2 test.
  @inline(__always)
  func part(_ row: Int) -> Int {
    if trainingEnd == order.count { return 0 }
    let place = order[row]
    return place < trainingEnd ? 0 : place < validationEnd ? 1 : 2
  }
}
