import Testing
import Torch

@Suite("Creation and reading") struct CreationTests {
  static let cases: [Case] = [
    Case("full", [7, 7], shape: [1, 2]) { .full([1, 2], 7) },
    Case("zeros", [0, 0]) { .zeros([2]) },
    Case("ones", [1, 1]) { .ones([2]) },
    Case("empty", [], shape: [0, 4]) { .zeros([0, 4]) },
    Case("identity", [1, 0, 0, 1], shape: [2, 2]) { .identity(2) },
    Case("range", [-1, 0, 1]) { .range(-1..<2) },
    Case("empty range", [], shape: [0]) { .range(3..<3) },
    Case("number", [2.5], shape: []) { Tensor(2.5) },
    Case("scalars", [1, 2, 3, 4], shape: [2, 2]) { Tensor([1, 2, 3, 4] as [Float], shape: [2, 2]) },
  ]

  @Test("A new tensor holds what was asked for", arguments: cases)
  func hold(_ item: Case) { #expect(item.violation(tolerance: 0) == nil) }

  @Test("Scalars of every Swift type come back as they went in") func roundTrip() {
    func returns<Scalar: TensorScalar & Equatable>(_ scalars: [Scalar]) -> Bool {
      let tensor = Tensor(scalars)
      return tensor.dtype == Scalar.dtype && tensor.scalars(Scalar.self) == scalars
    }
    #expect(returns([0, 255] as [UInt8]))
    #expect(returns([Int32.min, .max]))
    #expect(returns([Int64.min, .max]))
    #expect(returns([Int.min, .max]))
    #expect(returns([-0.0, .infinity, .leastNonzeroMagnitude] as [Float]))
    #expect(returns([-0.0, .infinity, .leastNonzeroMagnitude] as [Double]))
    #expect(returns([true, false]))
    #expect(returns([] as [Float]))
  }

  @Test("Shape, rank, count, type, device and bytes describe a tensor") func description() {
    let x = Tensor.zeros([2, 3], dtype: .float16)
    #expect(x.shape == [2, 3])
    #expect(x.rank == 2)
    #expect(x.count == 6)
    #expect(x.dtype == .float16)
    #expect(x.device == .cpu)
    #expect(x.byteCount == 12)
    #expect(Tensor(1).shape == [])
    #expect(Tensor(1).count == 1)
    #expect(Tensor([1.5] as [Float]).description == "Tensor([1], float32, cpu) [1.5]")
  }

  @Test("The byte count of each type is LibTorch's", arguments: DType.allCases) func byteCount(_ dtype: DType)
  {
    #expect(Tensor.zeros([3], dtype: dtype).dtype == dtype)
    #expect(
      SafeTensors(tensors: ["x": .zeros([3], dtype: dtype)]).tensors["x"]?.byteCount == 3 * dtype.byteCount)
  }

  @Test("Equality means type, shape and elements; NaN differs from itself") func equality() {
    #expect(vector(1, 2).equals(vector(1, 2)))
    #expect(!vector(1, 2).equals(vector(1, 3)))
    #expect(!vector(1, 2).equals(matrix([1, 2])))
    #expect(!vector(1, 2).equals(Tensor([1, 2] as [Float])))
    #expect(!vector(.nan).equals(vector(.nan)))
    #expect(Tensor.zeros([0]).equals(.zeros([0])))
  }

  @Test("Finiteness is that of every element") func finiteness() {
    #expect(vector(1, -1e300).isAllFinite)
    #expect(!vector(1, .nan).isAllFinite)
    #expect(!vector(1, -.infinity).isAllFinite)
    #expect(Tensor.zeros([0]).isAllFinite)
    #expect(indices(1, 2).isAllFinite)
  }
}
