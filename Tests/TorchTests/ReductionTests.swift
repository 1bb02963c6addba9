import Foundation
import Testing
import Torch

@Suite("Reductions") struct ReductionTests {
  static let cases: [Case] = [
    Case("sum", [10], shape: []) { x.sum() },
    Case("mean", [2.5], shape: []) { x.mean() },
    Case("max", [4], shape: []) { x.max() },
    Case("min", [1], shape: []) { x.min() },
    Case("any", [1], shape: []) { vector(0, 2).any() },
    Case("any of zeros", [0], shape: []) { vector(0, 0).any() },
    Case("all", [1], shape: []) { vector(1, 2).all() },
    Case("all with a zero", [0], shape: []) { vector(0, 2).all() },
    Case("sum of columns", [4, 6]) { x.sum(0) },
    Case("sum of rows, keeping", [3, 7], shape: [2, 1]) { x.sum(-1, keepingDimension: true) },
    Case("mean of rows", [1.5, 3.5]) { x.mean(1) },
    Case("mean of columns, keeping", [2, 3], shape: [1, 2]) { x.mean(0, keepingDimension: true) },
    Case("max of rows", [2, 4]) { x.max(1) },
    Case("max of columns, keeping", [3, 4], shape: [1, 2]) { x.max(0, keepingDimension: true) },
    Case("min of rows", [1, 3]) { x.min(1) },
    Case("min of columns, keeping", [1, 2], shape: [1, 2]) { x.min(0, keepingDimension: true) },
    Case("argmax", [1, 0]) { matrix([1, 2], [4, 3]).argmax(1) },
    Case("argmax, keeping", [1, 0], shape: [2, 1]) {
      matrix([1, 2], [4, 3]).argmax(1, keepingDimension: true)
    },
    Case("argmin", [0, 1]) { matrix([1, 2], [4, 3]).argmin(1) },
    Case("argmin, keeping", [0, 1], shape: [2, 1]) {
      matrix([1, 2], [4, 3]).argmin(1, keepingDimension: true)
    },
    Case("logSumExp does not overflow", [1000 + log(2)], shape: [1]) { matrix([1000, 1000]).logSumExp(1) },
    Case("logSumExp, keeping", [log(3)], shape: [1, 1]) {
      matrix([0, 0, 0]).logSumExp(-1, keepingDimension: true)
    },
    Case("norm", [5, 13]) { matrix([3, -4], [5, 12]).norm(1) },
    Case("norm, keeping", [5, 13], shape: [2, 1]) {
      matrix([3, -4], [5, 12]).norm(1, keepingDimension: true)
    },
    Case("cumulative sum", [1, 3, 6]) { vector(1, 2, 3).cumulativeSum(0) },
    Case("cumulative product", [1, 2, 6]) { vector(1, 2, 3).cumulativeProduct(0) },
    Case("sum of nothing", [0], shape: []) { Tensor.zeros([0, 3]).sum() },
  ]
  static var x: Tensor { matrix([1, 2], [3, 4]) }

  @Test("Reductions give the numbers and shapes of a hand calculation", arguments: cases)
  func give(_ item: Case) { #expect(item.violation(tolerance: 1e-15) == nil) }

  @Test("Indices of extremes are int64") func indexType() {
    #expect(ReductionTests.x.argmax(0).dtype == .int64)
    #expect(ReductionTests.x.argmin(0).dtype == .int64)
  }

  @Test("The maximum of each run of rows is taken; an empty run has none") func segments() {
    let x = Tensor([Float(1), 5, 3, 2, -4, -6], shape: [3, 2]).requiringGradient()
    let maximum = x.segmentMaximum(starts: Tensor([0, 2, 2, 3]))
    #expect(maximum.scalars(Float.self) == [3, 5, -.infinity, -.infinity, -4, -6])
    #expect(!maximum.requiresGradient)
  }
}
