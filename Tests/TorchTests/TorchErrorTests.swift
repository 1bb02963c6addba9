import Testing
import Torch

@Suite("Errors of tensor operations") struct TorchErrorTests {
  private func failure<Result>(_ body: () throws -> Result) throws -> TorchError {
    try #require(throws: TorchError.self) { try withTorchErrors(body) }
  }

  @Test("An error names the operation, the shapes and types of its operands, and LibTorch's reason")
  func message() throws {
    let error = try failure { Tensor.zeros([2, 3]).matmul(Tensor.zeros([4, 5])) }
    #expect(error.operation == "matmul(_:)")
    #expect(error.operands == ["[2, 3] float32", "[4, 5] float32"])
    #expect(error.message.contains("2x3 and 4x5"))
    #expect(!error.description.contains("\n"))
    #expect(error.description.hasPrefix("matmul(_:) of [2, 3] float32, [4, 5] float32: "))
  }

  @Test("An error names the parameter by its label") func label() throws {
    let weight = Tensor.zeros([4, 5])
    weight.label = "fc1/weight"
    let error = try failure { Tensor.zeros([2, 3]).linear(weight: weight) }
    #expect(error.operands.last == "fc1/weight [4, 5] float32")
  }

  @Test("An operator's error names the operator") func operators() throws {
    let error = try failure { Tensor.zeros([2]) + Tensor.zeros([3]) }
    #expect(error.operation == "+")
  }

  @Test("Lists of operands are named too") func lists() throws {
    let error = try failure { Tensor.concatenated([.zeros([2, 1]), .zeros([3, 2])], 1) }
    #expect(error.operands == ["[2, 1] float32", "[3, 2] float32"])
  }

  @Test("The first of several failures is thrown, and the code between them runs") func first() throws {
    var isReached = false
    let error = try failure {
      let x = Tensor.zeros([2]) + Tensor.zeros([3])
      isReached = true
      return x.matmul(Tensor.zeros([7, 8])).conv2d(weight: Tensor.zeros([1]))
    }
    #expect(isReached)
    #expect(error.operation == "+")
  }

  @Test("A failed operation's error goes before one that the body throws after it") func otherErrors() throws
  {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withTorchErrors { throw Stop() } }
    let error = try failure {
      _ = Tensor.zeros([2]) + Tensor.zeros([3])
      throw Stop()
    }
    #expect(error.operation == "+")
  }

  @Test("An inner scope keeps its failure to itself when it is caught there") func nested() throws {
    let value = try withTorchErrors {
      let inner = try? withTorchErrors { Tensor.zeros([2]) + Tensor.zeros([3]) }
      #expect(inner == nil)
      return Tensor(3).item
    }
    #expect(value == 3)
    let error = try failure { try withTorchErrors { Tensor.zeros([2]) - Tensor.zeros([3]) } }
    #expect(error.operation == "-")
  }

  static let refused: [(String, @Sendable () -> Void)] = [
    ("another element type", { _ = Tensor.zeros([2]).scalars(Double.self) }),
    ("more scalars than the shape", { _ = Tensor([1, 2, 3], shape: [2]) }),
    ("a negative size", { _ = Tensor.zeros([-1]) }),
    ("too many bytes", { _ = Tensor.zeros([1 << 40, 1 << 40]) }),
    ("the item of two elements", { _ = Tensor.zeros([2]).item }),
    ("a dimension out of range", { _ = Tensor.zeros([2]).sum(1) }),
    ("an index out of range", { _ = Tensor.zeros([2]).gathered(0, Tensor([2])) }),
    ("a class out of range", { _ = Tensor.zeros([1, 2]).crossEntropy(Tensor([2])) }),
    ("a gradient of whole numbers", { Tensor([1]).requiringGradient() }),
    ("a root off the graph", { _ = gradients(of: [Tensor(1)], for: [Tensor(1).requiringGradient()]) }),
    ("a copy of another shape", { Tensor.zeros([2]).copy(from: Tensor.zeros([3])) }),
    ("a negative deviation", { _ = RandomGenerator(seed: 1).normal([2], deviation: -1) }),
    ("generator state of another kind", { RandomGenerator(seed: 1).state = Tensor.zeros([3]) }),
    ("nothing to stack", { _ = Tensor.stacked([]) }),
    ("sums of unlike shapes, in place", { Tensor.zeros([2]).add(Tensor.zeros([3])) }),
  ]

  @Test("What LibTorch refuses throws", arguments: refused.map(\.0)) func refusal(_ name: String) throws {
    let body = try #require(TorchErrorTests.refused.first { $0.0 == name }).1
    #expect(throws: TorchError.self) { try withTorchErrors { body() } }
  }

  @Test("Outside withTorchErrors an error ends the process with its description") func trap() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = Tensor.zeros([2, 3]).matmul(Tensor.zeros([4, 5]))
      })
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains("matmul(_:) of [2, 3] float32, [4, 5] float32"))
  }
}
