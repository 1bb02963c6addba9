import TestSupport
import Testing
import Torch

@Suite("Gradients of graphs") struct AutogradTests {
  @Test("Many roots with vectors give the sum of their vector-Jacobian products in one traversal")
  func manyRoots() {
    let x = vector(1, 2).requiringGradient()
    let y = vector(3, 4).requiringGradient()
    let (first, second) = (x * y, x.square())
    let results = gradients(of: [first, second], with: [vector(1, 10), vector(100, 1000)], for: [x, y])
    #expect(results[0]?.scalars(Double.self) == [3 + 200, 40 + 4000])
    #expect(results[1]?.scalars(Double.self) == [1, 20])
  }

  @Test("A nil vector stands for 1 at a scalar root, beside others that are given") func nilVectors() {
    let x = vector(1, 2).requiringGradient()
    #expect(gradients(of: [x.sum()], for: [x])[0]?.scalars(Double.self) == [1, 1])
    let mixed = gradients(of: [x.sum(), x * 2], with: [nil, vector(1, 10)], for: [x])
    #expect(mixed[0]?.scalars(Double.self) == [3, 21])
  }

  @Test("An input that no root depends on has no gradient; without roots none has") func unreachable() {
    let x = vector(1).requiringGradient()
    let y = vector(2).requiringGradient()
    let results = gradients(of: [x * 2], with: [vector(1)], for: [y, x])
    #expect(results[0] == nil)
    #expect(results[1]?.scalars(Double.self) == [2])
    #expect(gradients(of: [], for: [x, y]).count == 2)
    #expect(gradients(of: [x.sum()], for: []).isEmpty)
  }

  @Test("A graph is traversed twice only when it is retained") func retaining() {
    let x = vector(1, 2).requiringGradient()
    let kept = x.exp().sum()
    let first = gradients(of: [kept], for: [x], retainingGraph: true)
    #expect(areEqual(first, gradients(of: [kept], for: [x])))
    #expect(throws: TorchError.self) { try withTorchErrors { _ = gradients(of: [kept], for: [x]) } }
  }

  @Test("A traversal ends at an inner tensor that is an input") func inner() {
    let x = vector(3).requiringGradient()
    let h = x.square()
    let results = gradients(of: [h * h], with: [vector(1)], for: [h, x])
    #expect(results[0]?.item == 18)
    #expect(results[1]?.item == 108)
  }

  @Test("The numbers of vectors and roots must agree") func counts() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        let x = vector(1).requiringGradient()
        _ = gradients(of: [x * 2, x * 3], with: [vector(1)], for: [x])
      }
    }
  }

  @Test("A vector of another shape than its root is refused") func shapes() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        let x = vector(1, 2).requiringGradient()
        _ = gradients(of: [x * 2], with: [vector(1, 2, 3)], for: [x])
      }
    }
  }

  @Test("A detached tensor does not ask for a gradient and shares its numbers") func detached() {
    let x = vector(1).requiringGradient()
    let y = (x * 2).detached()
    #expect(!y.requiresGradient)
    #expect((x * 2).requiresGradient)
    #expect((y * x).requiresGradient)
    #expect(gradients(of: [y * x], with: [vector(1)], for: [x])[0]?.item == 2)
    #expect(!x.detached().requiringGradient(false).requiresGradient)
  }

  @Test("withoutGradient records nothing, restores recording, also after an error") func recording() {
    struct Stop: Error {}
    let x = vector(1).requiringGradient()
    #expect(!withoutGradient { (x * 2).requiresGradient })
    #expect((x * 2).requiresGradient)
    #expect(throws: Stop.self) { try withoutGradient { throw Stop() } }
    #expect((x * 2).requiresGradient)
    withoutGradient { #expect(!withoutGradient { (x * 2).requiresGradient } && !(x * 2).requiresGradient) }
  }

  @Test("Gradients of gradients are not recorded") func noSecondOrder() {
    let x = vector(2).requiringGradient()
    #expect(gradients(of: [x.square()], with: [vector(1)], for: [x])[0]?.requiresGradient == false)
  }
}
