import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

@Suite("Feedback matrices") struct FeedbackMatrixTests {
  static let kinds: [FeedbackKind] = [
    .dense, .sparse(density: 0.3), .sparse(density: 1), .orthogonal, .hadamard, .sign,
  ]
  static let regenerable = kinds.filter { $0 != .orthogonal }

  private func draw(
    _ distribution: FeedbackConfiguration.Distribution = .uniform, errorWidth: Int, width: Int,
    divisor: Double = 1, blockBytes: Int? = nil
  ) -> FeedbackDraw {
    var draw = FeedbackDraw(
      seed: 11, distribution, errorWidth: errorWidth, width: width, divisor: divisor, device: .cpu)
    if let blockBytes { draw.blockBytes = blockBytes }
    return draw
  }

  /// The matrix, as what it makes of the identity.
  private func whole(_ matrix: any FeedbackMatrix) -> Tensor {
    matrix.project(.identity(matrix.errorWidth)).to(.float64)
  }

  private func rootMeanSquare(_ x: Tensor) -> Double { x.square().mean().item.squareRoot() }

  @Test(
    "Stored and regenerated projections agree, whatever the widths", arguments: regenerable,
    [(1, 1), (1, 5_000), (3, 77), (10, 4_099), (1_000, 2_500)])
  func storage(_ kind: FeedbackKind, _ widths: (error: Int, point: Int)) {
    let error = RandomGenerator(seed: 1).normal([5, widths.error])
    for bytes in [nil, 4 * widths.error * 70, 1] where bytes != 1 || widths.error * widths.point < 50_000 {
      for distribution in FeedbackConfiguration.Distribution.allCases {
        let draw = draw(
          distribution, errorWidth: widths.error, width: widths.point, divisor: 3, blockBytes: bytes)
        let stored = kind.matrix(draw, .stored)
        let regenerated = kind.matrix(draw, .regenerated)
        let (x, y) = (stored.project(error), regenerated.project(error))
        #expect(x.shape == [5, widths.point] && y.shape == x.shape)
        #expect(x.dtype == .float32 && y.dtype == .float32)
        #expect(y.relativeDifference(from: x) < 1e-5)
        // The elements themselves are equal, so that projections of one component are.
        #expect(whole(regenerated).equals(whole(stored)))
        if kind == .sign || kind == .hadamard { #expect(y.equals(x)) }
        #expect(regenerated.storedBytes == 0 && stored.storedBytes > 0)
        #expect(stored.errorWidth == widths.error && stored.width == widths.point)
        #expect(regenerated.errorWidth == widths.error && regenerated.width == widths.point)
      }
    }
  }

  @Test("The size of the blocks changes no matrix", arguments: regenerable) func blocks(_ kind: FeedbackKind)
  {
    let error = RandomGenerator(seed: 1).normal([3, 10])
    let expected = kind.matrix(draw(errorWidth: 10, width: 1_000), .stored).project(error)
    for bytes in [1, 40 * 3, 40 * 64, 40 * 100] {
      for storage in FeedbackConfiguration.Storage.allCases {
        let found = kind.matrix(draw(errorWidth: 10, width: 1_000, blockBytes: bytes), storage).project(error)
        #expect(found.relativeDifference(from: expected) < 1e-5)
      }
    }
  }

  @Test("The identity hands on the error, beside itself or folded, in the size of the distribution")
  func identity() {
    let error = Tensor([1, 2, 3] as [Float], shape: [1, 3])
    for (width, expected, ones) in [(3, [1, 2, 3], 3), (7, [1, 2, 3, 1, 2, 3, 1], 7), (2, [4, 2], 3)]
      as [(Int, [Float], Int)]
    {
      let draw = draw(.normal, errorWidth: 3, width: width, divisor: 2)
      let matrix = FeedbackKind.identity.matrix(draw, .stored)
      let scale = (Double(3 * width) / Double(ones)).squareRoot() / 2
      #expect(
        matrix.project(error).maximumDifference(from: Tensor(expected, shape: [1, width]) * scale) < 1e-5)
      #expect(abs(rootMeanSquare(whole(matrix)) - 0.5) < 1e-6)
      #expect(matrix.tensors.isEmpty)
    }
  }

  @Test("A narrower matrix is the first columns of a wider one", arguments: regenerable)
  func narrower(_ kind: FeedbackKind) {
    let wide = whole(kind.matrix(draw(errorWidth: 7, width: 300), .stored))
    let narrow = whole(kind.matrix(draw(errorWidth: 7, width: 123), .stored))
    #expect(narrow.equals(wide.narrowed(1, start: 0, length: 123)))
  }

  @Test(
    "Elements have mean 0 and the root mean square of the distribution over the divisor", arguments: kinds,
    FeedbackConfiguration.Distribution.allCases)
  func moments(_ kind: FeedbackKind, _ distribution: FeedbackConfiguration.Distribution) {
    let unit = distribution == .uniform ? (1.0 / 3).squareRoot() : 1
    let x = whole(kind.matrix(draw(distribution, errorWidth: 64, width: 4_096, divisor: 8), .stored))
    // 262 144 elements, of which three in ten may be kept.
    #expect(abs(x.mean().item) * 8 / unit < 0.02)
    #expect(abs(rootMeanSquare(x) * 8 / unit - 1) < 0.015)
    // Signals keep the size of the errors: each is a sum over 64 components.
    let error = RandomGenerator(seed: 2).normal([50, 64])
    let signal = kind.matrix(draw(distribution, errorWidth: 64, width: 4_096, divisor: 8), .stored)
      .project(error)
    #expect(abs(rootMeanSquare(signal.to(.float64)) / unit - 1) < 0.1)
  }

  @Test("A sparse matrix has the density, and of density 1 it is the dense one") func sparse() {
    let draw = draw(errorWidth: 50, width: 2_000)
    for density in [0.01, 0.1, 0.5] {
      let matrix = FeedbackKind.sparse(density: density).matrix(draw, .stored)
      let kept = (whole(matrix) .!= 0).to(.float64).sum().item
      #expect(abs(kept / 1e5 - density) < 5 * (density * (1 - density) / 1e5).squareRoot())
      // Four bytes for a value, four for its place, four for each column.
      #expect(matrix.storedBytes == 8 * Int(kept) + 4 * 2_001)
    }
    let full = FeedbackKind.sparse(density: 1).matrix(draw, .stored)
    #expect(whole(full).equals(whole(FeedbackKind.dense.matrix(draw, .stored))))
  }

  @Test(
    "An orthogonal matrix has orthonormal rows, or columns where the error is wider, times a number",
    arguments: [(10, 300), (300, 10), (20, 20), (1, 50), (50, 1)])
  func orthogonal(_ errorWidth: Int, _ width: Int) {
    let x = whole(FeedbackKind.orthogonal.matrix(draw(errorWidth: errorWidth, width: width), .stored))
    let gram = errorWidth <= width ? x.matmul(x.transposed()) : x.transposed().matmul(x)
    let expected =
      Tensor.identity(min(errorWidth, width), dtype: .float64) * (Double(max(errorWidth, width)) / 3)
    #expect(gram.relativeDifference(from: expected) < 1e-5)
  }

  @Test("A Hadamard matrix is diag(s) H_n in each block, n being the next power of two")
  func hadamard() throws {
    for (errorWidth, n) in [(1, 1), (2, 2), (3, 4), (10, 16), (16, 16), (17, 32), (1_000, 1_024)] {
      let width = 2 * n + n / 2
      let matrix = FeedbackKind.hadamard.matrix(
        draw(.normal, errorWidth: errorWidth, width: width), .stored)
      let signs = try #require(matrix.tensors[""])
      #expect(signs.dtype == .int8 && signs.shape == [(width + n - 1) / n, errorWidth])
      let h = Tensor.identity(n).walshHadamard().to(.float64).narrowed(0, start: 0, length: errorWidth)
      let x = whole(matrix)
      for block in 0..<2 {
        let own = x.narrowed(1, start: block * n, length: n)
        let s = signs.selected(0, block).to(.float64).unsqueezed(1)
        #expect(own.equals(s * h), "\(errorWidth)")
        // Rows are orthogonal, and columns too where the block is square.
        let gram = own.matmul(own.transposed())
        #expect(gram.equals(Tensor.identity(errorWidth, dtype: .float64) * Double(n)))
        if errorWidth == n { #expect(own.transposed().matmul(own).equals(gram)) }
      }
    }
  }

  @Test("A sign matrix holds two values, kept in a byte each") func sign() {
    let matrix = FeedbackKind.sign.matrix(draw(.normal, errorWidth: 10, width: 99, divisor: 4), .stored)
    #expect((whole(matrix).abs() .== 0.25).all().item == 1)
    #expect(matrix.storedBytes == 990)
  }

  /// In a process of its own, because the tensors of all tests are counted.
  @Test("Regenerating takes the memory of a block, not of the matrix") func memory() async {
    await #expect(processExitsWith: .success) {
      let draw = FeedbackDraw(
        seed: 11, .uniform, errorWidth: 1_000, width: 50_000, divisor: 1, device: .cpu)
      let error = RandomGenerator(seed: 1).normal([2, 1_000])
      for kind in FeedbackMatrixTests.regenerable {
        let matrix = kind.matrix(draw, .regenerated)
        let before = Device.cpu.allocatedBytes
        Device.cpu.resetPeakBytes()
        _ = matrix.project(error)
        // A block of 8 MiB, the result of 400 KB and small change, where the matrix would take 200 MB; a Hadamard
        // block is there once padded and once transformed, beside the signed errors.
        let bytes = Device.cpu.peakBytes - before
        precondition(bytes < (kind == .hadamard ? 26 : 9) << 20, "\(kind) takes \(bytes)")
      }
    }
  }

  /// In a process of its own, because the number is that of all tests.
  @Test("The number of threads changes no regenerated element") func threads() async {
    await #expect(processExitsWith: .success) {
      let draw = FeedbackDraw(seed: 11, .normal, errorWidth: 10, width: 5_000, divisor: 1, device: .cpu)
      for kind in FeedbackMatrixTests.regenerable {
        let found = [1, 3].map { threads in
          LibTorch.threadCount = threads
          return kind.matrix(draw, .regenerated).project(.identity(10))
        }
        precondition(found[0].equals(found[1]))
      }
    }
  }

  static let configurations: [FeedbackConfiguration] = kinds.flatMap { kind in
    FeedbackConfiguration.Sharing.allCases.map { FeedbackConfiguration(kind: kind, sharing: $0) }
  }

  @Test("Matrices of every kind go through a file", arguments: configurations)
  func restoring(_ configuration: FeedbackConfiguration) throws {
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(configuration, seed: 2)
    let step = model.step(method)
    let file = try SafeTensors(SafeTensors(tensors: method.state).data())
    let other = DirectFeedbackAlignment(configuration, seed: 99)
    try other.restore(file.tensors)
    #expect(other.state.keys.sorted() == method.state.keys.sorted(), "before the first step")
    #expect(areEqual(model.step(other).gradients.tensors, step.gradients.tensors))
    #expect(other.state.keys.sorted() == method.state.keys.sorted())
    #expect(other.state.allSatisfy { method.state[$0]?.equals($1) == true })
    let unlike = model.step(DirectFeedbackAlignment(configuration, seed: 99))
    #expect(!areEqual(unlike.gradients.tensors, step.gradients.tensors))
  }

  @Test("A checkpoint keeps nothing of regenerated matrices, and refuses any", arguments: regenerable)
  func regenerated(_ kind: FeedbackKind) throws {
    let configuration = FeedbackConfiguration(kind: kind, storage: .regenerated)
    let model = ToyModel(.threeHidden)
    let method = DirectFeedbackAlignment(configuration, seed: 2)
    let step = model.step(method)
    #expect(method.state.isEmpty)
    try method.restore([:])
    #expect(areEqual(model.step(method).gradients.tensors, step.gradients.tensors))
    #expect(throws: FeedbackMatrixError.self) { try method.restore(["output": .zeros([3, 12])]) }
  }

  @Test("The columns of a narrower point end inside a block", arguments: regenerable)
  func narrowerPoint(_ kind: FeedbackKind) throws {
    let scope = ParameterStore(seed: 1).root
    let output = FeedbackOutput(scope / "y")
    let points = [300, 77].enumerated().map { index, width in
      Crossing(
        point: FeedbackPoint(scope / "h\(index)", of: output), shape: [4, width], occurrence: 0)
    }
    let error = OutputGradient(output: output, gradient: RandomGenerator(seed: 3).normal([4, 10]))
    let signals = FeedbackConfiguration.Storage.allCases.map { storage in
      DirectFeedbackAlignment(FeedbackConfiguration(kind: kind, storage: storage), seed: 2)
        .signals(at: points, [error])
    }
    for (stored, regenerated) in zip(signals[0], signals[1]) {
      #expect(try #require(regenerated).relativeDifference(from: #require(stored)) < 1e-5)
    }
    let (wide, narrow) = (try #require(signals[1][0]), try #require(signals[1][1]))
    let expected = wide.narrowed(1, start: 0, length: 77) * (300.0 / 77).squareRoot()
    #expect(narrow.relativeDifference(from: expected) < 1e-6)
  }

  private func sparse(_ rowStarts: [Int32], _ columns: [Int32]) -> [String: Tensor] {
    [
      "y.rowStarts": Tensor(rowStarts), "y.columns": Tensor(columns), "y.values": .ones([columns.count]),
    ]
  }

  @Test("Damaged tensors are refused with the path, what is there and what should be")
  func damaged() throws {
    let cases: [(FeedbackKind, [String: Tensor], String)] = [
      (.dense, ["y": .zeros([3])], "'y' of [3] float32 where there must be finite numbers of shape"),
      (.dense, ["y": .zeros([3, 4], dtype: .int8)], "'y' of [3, 4] int8"),
      (.orthogonal, ["y": .full([3, 4], .nan)], "finite numbers"),
      (.sign, ["y": .ones([3, 4])], "'y' of [3, 4] float32 where there must be int8 signs"),
      (.sign, ["y": .zeros([3, 4], dtype: .int8)], "int8 signs of shape [error width, point width]"),
      (.hadamard, ["y": .full([3, 4], 2, dtype: .int8)], "int8 signs of shape [blocks, error width]"),
      (.sparse(density: 0.5), ["y": .zeros([3, 4])], "one of the parts .rowStarts, .columns, .values"),
      (
        .sparse(density: 0.5), ["y.rowStarts": .zeros([3], dtype: .int32)], "beside it a tensor 'y.columns'"
      ),
      (
        .sparse(density: 0.5),
        [
          "y.rowStarts": .zeros([3], dtype: .int32), "y.columns": .zeros([2], dtype: .int32),
          "y.values": .zeros([3]),
        ], "as many columns as values"
      ),
      (
        .sparse(density: 0.5), sparse([0, -1, 2], [0, 1]),
        "row starts that rise from 0 to the number of values"
      ),
      (
        .sparse(density: 0.5), sparse([0, 1, 3], [0, 1]),
        "row starts that rise from 0 to the number of values"
      ),
      (.sparse(density: 0.5), sparse([0, 1, 2], [0, -1]), "columns from 0 on"),
    ]
    for (kind, tensors, words) in cases {
      let method = DirectFeedbackAlignment(FeedbackConfiguration(kind: kind), seed: 1)
      let error = #expect(throws: FeedbackMatrixError.self) { try method.restore(tensors) }
      #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(error.map { "\($0)" } ?? "")")
    }
  }

  @Test("A matrix of other widths is reported in the first projection, with both sizes", arguments: kinds)
  func misfit(_ kind: FeedbackKind) throws {
    let configuration = FeedbackConfiguration(kind: kind)
    let narrow = DirectFeedbackAlignment(configuration, seed: 2)
    _ = ToyModel(.oneHidden).step(narrow)
    let method = DirectFeedbackAlignment(configuration, seed: 2)
    // Of an output 3 and a point 8 wide; here the widest is 12.
    try method.restore(narrow.state)
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { ToyModel(.threeHidden).step(method) }
    }
    let text = "\(error.map { "\($0)" } ?? "")"
    #expect(
      text.contains("feedback matrix of 'output'") && text.contains("the error is 3 and a point 12 wide"))
  }
}
