import TestSupport
import Testing
import Torch

@Suite("Random numbers by their place") struct CounterGeneratorTests {
  private static let distributions: [CounterGenerator.Distribution] = [.uniform, .normal, .sign]

  @Test(
    "The words are those of Random123's known answers for philox4x32, 10 rounds",
    arguments: [
      (
        [0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
      ),
      (
        [.max, .max, .max, .max], [.max, .max], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(_ counter: [UInt32], _ key: [UInt32], _ words: [UInt32]) {
    #expect(CounterGenerator.words(counter: counter, key: key) == words)
  }

  @Test("Elements are made of the words of their place") func words() {
    let generator = CounterGenerator(seed: 0x1_0000_0002)
    // Column 16 w + l of a group g of 64 is word w of call 16 g + l; a sign is a bit of call column / 128.
    func word(_ column: Int, row: Int) -> UInt32 {
      CounterGenerator.words(
        counter: [UInt32(column / 64 * 16 + column % 16), 0, UInt32(row), 0], key: [2, 1])[column % 64 / 16]
    }
    for (row, column) in [(0, 0), (3, 17), (5, 63), (1, 64), (9, 1000)] {
      let element = generator.block(.uniform, rows: row..<row + 1, columns: column..<column + 1).item
      #expect(element == Double(Int32(bitPattern: word(column, row: row)) >> 8) / 8_388_608)
      let words = CounterGenerator.words(counter: [UInt32(column / 128), 0, UInt32(row), 0], key: [2, 1])
      let bit = words[column % 128 / 32] >> (column % 32) & 1
      let sign = generator.block(.sign, rows: row..<row + 1, columns: column..<column + 1).item
      #expect(sign == (bit == 1 ? 1 : -1))
    }
  }

  @Test("Normal elements are those of Box and Muller's formula") func boxMuller() {
    let found = CounterGenerator(seed: 0).block(.normal, rows: 0..<40, columns: 0..<32).scalars(Float.self)
    for row in 0..<40 {
      for lane in 0..<16 {
        let words = CounterGenerator.words(counter: [UInt32(lane), 0, UInt32(row), 0], key: [0, 0])
        let u = (Tensor(Double(words[0] >> 8) + 0.5, dtype: .float64) / 16_777_216)
        let length = (u.log() * -2).sqrt().item
        let angle = Tensor(Double(words[1]) / 4_294_967_296 * 2 * .pi, dtype: .float64)
        #expect(abs(Double(found[row * 32 + lane]) - length * angle.cos().item) < 2e-6)
        #expect(abs(Double(found[row * 32 + lane + 16]) - length * angle.sin().item) < 2e-6)
      }
    }
  }

  @Test("A block drawn alone is the slice of the whole", arguments: distributions)
  func blocks(_ distribution: CounterGenerator.Distribution) {
    let generator = CounterGenerator(seed: 7)
    let whole = generator.block(distribution, rows: 0..<6, columns: 0..<20_000, density: 0.7)
    for (rows, columns) in [
      (0..<6, 0..<1), (2..<5, 63..<65), (0..<1, 100..<3_333), (5..<6, 2_047..<20_000), (1..<3, 64..<64),
    ] {
      let part = whole.narrowed(0, start: rows.lowerBound, length: rows.count)
        .narrowed(1, start: columns.lowerBound, length: columns.count)
      #expect(generator.block(distribution, rows: rows, columns: columns, density: 0.7).equals(part))
    }
    let far = 1 << 40
    #expect(
      !generator.block(distribution, rows: 0..<2, columns: far..<far + 64).equals(
        generator.block(distribution, rows: 0..<2, columns: 0..<64)))
    #expect(!CounterGenerator(seed: 8).block(distribution, rows: 0..<6, columns: 0..<20_000).equals(whole))
  }

  /// In a process of its own, because the number is that of all tests.
  @Test("The number of threads changes nothing") func threads() async {
    await #expect(processExitsWith: .success) {
      for distribution in [CounterGenerator.Distribution.uniform, .normal, .sign] {
        let drawn = [1, 2, 5].map { threads in
          LibTorch.threadCount = threads
          return CounterGenerator(seed: 7).block(
            distribution, rows: 0..<7, columns: 5..<70_000, density: 0.5)
        }
        precondition(drawn[1].equals(drawn[0]) && drawn[2].equals(drawn[0]))
      }
    }
  }

  @Test(
    "The first four moments are the distribution's",
    arguments: [
      (CounterGenerator.Distribution.uniform, 1.0 / 3, 1.0 / 5), (.normal, 1, 3), (.sign, 1, 1),
    ])
  func moments(_ distribution: CounterGenerator.Distribution, _ second: Double, _ fourth: Double) {
    let x = CounterGenerator(seed: 3).block(distribution, rows: 0..<1_000, columns: 0..<1_000).to(.float64)
    // A million elements: five standard errors.
    #expect(abs(x.mean().item) < 5e-3 * second.squareRoot())
    #expect(abs(x.square().mean().item - second) < 5e-3 * (fourth - second * second).squareRoot() + 1e-12)
    #expect(abs((x.square() * x).mean().item) < 2e-2)
    #expect(abs(x.square().square().mean().item - fourth) < 5e-2)
    // Neighbours in rows and columns are not correlated.
    for dimension in [0, 1] {
      for distance in [1, 16, 32, 64] {
        let (a, b) = (
          x.narrowed(dimension, start: 0, length: 1_000 - distance),
          x.narrowed(dimension, start: distance, length: 1_000 - distance)
        )
        #expect(abs((a * b).mean().item) < 6e-3 * second, "\(dimension) \(distance)")
      }
    }
  }

  @Test("Uniform elements are in [-1, 1), normal ones are finite and have tails") func bounds() {
    let uniform = CounterGenerator(seed: 3).block(.uniform, rows: 0..<2_000, columns: 0..<1_000)
    #expect(uniform.min().item >= -1 && uniform.max().item < 1)
    #expect(uniform.min().item < -0.99999 && uniform.max().item > 0.99999)
    let normal = CounterGenerator(seed: 3).block(.normal, rows: 0..<2_000, columns: 0..<1_000)
    #expect(normal.isAllFinite && normal.min().item < -4.5 && normal.max().item > 4.5)
    // 2 million times the probability of more than 3 deviations, 0.0027, is 5400 ± 73.
    #expect(abs((normal.abs() .> 3).to(.float64).sum().item - 5_400) < 400)
  }

  @Test("Elements are kept with the density, as they are in the whole", arguments: [1e-3, 0.1, 0.5, 1])
  func density(_ density: Double) {
    for distribution in [CounterGenerator.Distribution.uniform, .normal] {
      let generator = CounterGenerator(seed: 4)
      let dense = generator.block(distribution, rows: 0..<500, columns: 0..<1_000)
      let sparse = generator.block(distribution, rows: 0..<500, columns: 0..<1_000, density: density)
      let isKept = sparse .!= 0
      let share = isKept.to(.float64).mean().item
      #expect(abs(share - density) < 5 * (density * (1 - density) / 5e5).squareRoot() + 1e-5)
      #expect(sparse.masked(by: isKept).equals(dense.masked(by: isKept)))
    }
  }

  @Test("The fast Walsh-Hadamard transform is the product with the matrix, on both paths", arguments: 0...11)
  func hadamard(_ exponent: Int) {
    let n = 1 << exponent
    var matrix = Tensor.ones([1, 1], dtype: .float64)
    for _ in 0..<exponent {
      matrix = .concatenated(
        [.concatenated([matrix, matrix], 1), .concatenated([matrix, -matrix], 1)], 0)
    }
    let x = CounterGenerator(seed: 5).block(.uniform, rows: 0..<3, columns: 0..<n)
    let expected = x.to(.float64).matmul(matrix)
    #expect(x.walshHadamard().relativeDifference(from: expected) < 1e-6)
    #expect(x.to(.float64).walshHadamard().relativeDifference(from: expected) < 1e-14)
    let batch = x.reshaped([3, 1, n]).expanded([3, 2, n])
    #expect(batch.walshHadamard().selected(1, 1).equals(x.walshHadamard()))
  }

  @Test("The solution of linear equations solves them") func solving() {
    let generator = CounterGenerator(seed: 7)
    let a = generator.block(.normal, rows: 0..<5, columns: 0..<5).to(.float64)
    let y = generator.block(.uniform, rows: 5..<10, columns: 0..<3).to(.float64)
    #expect(a.matmul(a.solving(y)).maximumDifference(from: y) < 1e-12)
    #expect(!Tensor.zeros([2, 2]).solving(.ones([2, 1])).isAllFinite)
    #expect(throws: TorchError.self) { try withTorchErrors { Tensor.ones([2, 3]).solving(.ones([2, 1])) } }
  }

  @Test("A last dimension that is no power of two is refused", arguments: [0, 3, 12])
  func noPowerOfTwo(_ n: Int) {
    #expect(throws: TorchError.self) { try withTorchErrors { Tensor.ones([2, n]).walshHadamard() } }
  }

  @Test(
    "Orthonormal columns span the columns, with a positive diagonal", arguments: [(5, 5), (40, 7), (3, 1)])
  func orthonormal(_ rows: Int, _ columns: Int) {
    let x = CounterGenerator(seed: 6).block(.normal, rows: 0..<rows, columns: 0..<columns).to(.float64)
    let q = x.orthonormalColumns()
    #expect(q.transposed().matmul(q).maximumDifference(from: .identity(columns, dtype: .float64)) < 1e-12)
    let r = q.transposed().matmul(x)
    #expect(q.matmul(r).maximumDifference(from: x) < 1e-12)
    for i in 0..<columns { #expect(r.selected(0, i).selected(0, i).item > 0) }
  }
}
