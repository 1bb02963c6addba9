import TestSupport
import Testing
import Torch

@Suite("The checker of gradients") struct CheckGradientsTests {
  @Test("It finds nothing wrong with a function that is differentiated as it is computed") func right() {
    #expect(checkGradients([[2, 3]]) { $0[0].square() * 0.5 + $0[0] } == [])
  }

  @Test("A leaf that gets no gradient is named, and the others are checked") func missing() {
    let violations = checkGradients([[2], [1]]) { $0[0].detached() + $0[1].square() }
    #expect(violations == ["leaf 0 gets no gradient"])
  }

  @Test("A single wrong element is named with both numbers") func element() {
    let mask = Tensor([0, 1, 0] as [Double], shape: [3])
    let violations = checkGradients([[3]]) { $0[0] * 2 + ($0[0] * mask).detached() }
    guard violations.count == 1 else { return #expect(violations.count == 1) }
    #expect(violations[0].hasPrefix("leaf 0, element 1: ") && violations[0].contains(", by differences "))
  }

  @Test("Errors that cancel in the sum of all elements are seen") func cancelling() {
    // What is missing from the gradient is nothing in the plain sum.
    let sign = Tensor([1, -1] as [Double], shape: [2])
    #expect(checkGradients([[2]]) { $0[0] + ($0[0].sum() * sign).detached() }.count == 2)
  }

  @Test("A gradient that is not a number is wrong, and leaves are put back") func notANumber() {
    let leaf = Tensor([0, 4] as [Double], shape: [2]).requiringGradient()
    let violations = checkGradients(by: [leaf], step: 1e-6, tolerance: 1e-6) { leaf.abs().sqrt() * 0 }
    #expect(violations.count == 1 && violations[0].hasPrefix("leaf 0, element 0: "))
    #expect(leaf.detached().scalars(Double.self) == [0, 4])
  }
}
