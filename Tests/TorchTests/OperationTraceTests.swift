import Testing
import Torch

@Suite("Traces of operations") struct OperationTraceTests {
  private let x = Tensor.ones([3, 4])
  private let weight = Tensor.ones([5, 4])

  @Test("A linear with a bias is one product, of its rows, inputs and outputs") func linear() throws {
    let trace = OperationTrace.record { _ = x.linear(weight: weight, bias: Tensor.ones([5])) }
    #expect(trace.count(of: "aten::linear") == 1)
    let product = try #require(trace.matrixProducts.first)
    #expect(trace.matrixProducts.count == 1 && trace.multiplyAccumulates == 3 * 4 * 5)
    #expect(product.name == "aten::addmm" && product.operands.map(\.shape) == [[3, 4], [4, 5]])
    #expect(product.operands[1].storage == weight.storageAddress)
    let parent = try trace.operations[#require(product.parent)]
    #expect(parent.name == "aten::linear" && parent.start <= product.start && product.end <= parent.end)
  }

  @Test("Products of every kind count once") func kinds() {
    func macs(_ body: () -> Tensor) -> [Int] {
      OperationTrace.record { _ = body() }.matrixProducts.compactMap(\.multiplyAccumulates)
    }
    #expect(macs { x.matmul(weight.transposed()) } == [60])
    #expect(macs { Tensor.ones([2, 3, 4]).matmul(Tensor.ones([2, 4, 5])) } == [120])
    #expect(macs { x.matmul(Tensor.ones([4])) } == [12])
    #expect(
      macs { Tensor.ones([2, 3, 8, 8]).conv2d(weight: Tensor.ones([4, 3, 3, 3])) } == [2 * 4 * 36 * 27])
    #expect(
      macs { Tensor.ones([2, 3, 8, 8]).conv2d(weight: Tensor.ones([4, 3, 3, 3]), stride: 2, padding: 1) }
        == [2 * 4 * 16 * 27])
    let q = Tensor.ones([2, 3, 8, 16])
    #expect(macs { q.attention(keys: q, values: q, isCausal: true) } == [2 * 3 * 8 * 8 * 32])
    let sparse = SparseMatrix(
      rowStarts: [0, 1, 2, 3], columnIndices: [1, 0, 2], values: [1, 1, 1], columns: 3)
    #expect(macs { sparse.matmul(x) } == [3 * 4])
  }

  @Test("Gradients have the name of their node, and what a region encloses has the region's") func backward()
  {
    let w = Tensor.ones([5, 4]).requiringGradient()
    let trace = OperationTrace.record {
      let loss = x.linear(weight: w).sum()
      withRegion("inside") { _ = gradients(of: [loss], for: [w]) }
    }
    let products = trace.matrixProducts
    #expect(products.count == 2 && products[0].node == nil && products[0].region == nil)
    #expect(products[1].node?.hasSuffix("Backward0") == true && products[1].region == "inside")
    #expect(trace.operations.contains { $0.kind == .region && $0.name == "inside" })
  }

  @Test("The gradients of a convolution are products with what they are made of") func convolution() throws {
    let x = Tensor.ones([2, 3, 8, 8]), weight = Tensor.ones([4, 3, 3, 3])
    func backward(_ x: Tensor, _ weight: Tensor) throws -> OperationTrace.Operation {
      let trace = OperationTrace.record {
        _ = gradients(of: [x.conv2d(weight: weight).sum()], for: [x, weight].filter(\.requiresGradient))
      }
      return try #require(trace.matrixProducts.last { $0.node != nil })
    }
    let forward = 2 * 4 * 36 * 27
    let both = try backward(x.requiringGradient(), weight.requiringGradient())
    #expect(both.multiplyAccumulates == 2 * forward && both.operands.count == 3)
    let towardsWeight = try backward(x.detached(), weight.requiringGradient())
    #expect(towardsWeight.multiplyAccumulates == forward)
    #expect(towardsWeight.operands.map(\.shape) == [[2, 4, 6, 6], [2, 3, 8, 8]])
    let towardsInput = try backward(x.requiringGradient(), weight.detached())
    #expect(towardsInput.multiplyAccumulates == forward)
    #expect(towardsInput.operands.map(\.shape) == [[2, 4, 6, 6], [4, 3, 3, 3]])
  }

  @Test("Reading a number is seen; a second trace in the first is refused; errors come out")
  func reading() throws {
    #expect(OperationTrace.record { _ = x.sum().item }.count(of: "aten::item") == 1)
    #expect(throws: TorchError.self) {
      try withTorchErrors { _ = OperationTrace.record { _ = OperationTrace.record {} } }
    }
    struct Stop: Error {}
    #expect(throws: Stop.self) { try OperationTrace.record { throw Stop() } }
    #expect(OperationTrace.record {}.operations.isEmpty)
  }
}
