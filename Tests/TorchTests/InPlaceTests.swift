import Testing
import Torch

@Suite("Operations in place") struct InPlaceTests {
  @Test("add adds the scaled operand") func add() {
    let x = vector(1, 2)
    x.add(vector(10, 20))
    #expect(x.scalars(Double.self) == [11, 22])
    x.add(vector(1, 1), scale: -0.5)
    #expect(x.scalars(Double.self) == [10.5, 21.5])
  }

  @Test("copy converts the type, and broadcasts") func copy() {
    let x = Tensor.zeros([2, 2])
    x.copy(from: Tensor([1, 2]))
    #expect(x.dtype == .float32)
    #expect(x.scalars(Float.self) == [1, 2, 1, 2])
  }

  @Test("setZero clears a view and what it views") func zero() {
    let x = Tensor.ones([2, 2])
    x.selected(0, 1).setZero()
    #expect(x.scalars(Float.self) == [1, 1, 0, 0])
  }

  @Test("A leaf that asks for a gradient can be changed, and the change is not recorded") func leaf() throws {
    let x = vector(1, 2).requiringGradient()
    x.add(vector(1, 1))
    x.copy(from: x.detached() * 2)
    #expect(x.requiresGradient)
    let gradient = try #require(gradients(of: [x.square().sum()], for: [x])[0])
    #expect(gradient.scalars(Double.self) == [8, 12])
  }

  @Test("A tensor that the graph needs may not change before the traversal") func neededTensor() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        let x = vector(1, 2).requiringGradient()
        let y = x.square().sum()
        x.setZero()
        _ = gradients(of: [y], for: [x])
      }
    }
  }
}
