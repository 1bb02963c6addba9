import Foundation
import Reports
import Testing

@Suite("t-SNE") struct TSNETests {
  /// Rows of a few clusters, each number within 0.5 of the cluster's own middle, the same every time.
  static func clusters(_ clusters: Int, of count: Int, width: Int = 5) -> (values: [Float], classes: [Int]) {
    var state: UInt32 = 1
    func next() -> Float {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Float(state >> 8) / 16_777_216 - 0.5
    }
    let classes = (0..<clusters * count).map { $0 % clusters }
    let values = classes.flatMap { label in
      (0..<width).map { Float(label == $0 ? 4 : 0) + next() }
    }
    return (values, classes)
  }

  private func settings(_ change: (inout TSNE) -> Void = { _ in }) -> TSNE {
    var settings = TSNE()
    (settings.perplexity, settings.learningRate, settings.iterations) = (10, 50, 500)
    change(&settings)
    return settings
  }

  @Test("Affinities are symmetric, of sum 1, and of the wanted perplexity where rows are alike")
  func affinities() throws {
    let rows = try EmbeddingRows(Self.clusters(4, of: 30).values, width: 5)
    let affinities = Affinities(rows, perplexity: 10, neighbours: 119)
    var table: [[Double]] = Array(repeating: Array(repeating: 0, count: 120), count: 120)
    for row in 0..<120 {
      for entry in affinities.rowStarts[row]..<affinities.rowStarts[row + 1] {
        table[row][Int(affinities.columns[entry])] = affinities.values[entry]
      }
    }
    #expect(abs(affinities.values.reduce(0, +) - 1) < 1e-9)
    #expect(
      (0..<120).allSatisfy { i in table[i][i] == 0 && (0..<i).allSatisfy { table[i][$0] == table[$0][i] } })
  }

  @Test("Two pairs of rows have the affinities of the formula") func formula() throws {
    // Each row has one neighbour at distance 1 and two at distances far away, with perplexity 1 it sees only one.
    let rows = try EmbeddingRows([0, 1, 100, 101], width: 1)
    let affinities = Affinities(rows, perplexity: 1.001, neighbours: 3)
    #expect(abs(affinities.values[0] - 0.25) < 1e-3)
  }

  @Test("The gradient is the derivative of the divergence") func gradient() throws {
    let rows = try EmbeddingRows(Self.clusters(3, of: 10).values, width: 5)
    let affinities = Affinities(rows, perplexity: 8, neighbours: 29)
    let positions = (0..<60).map { sin(Double($0 * $0)) }
    var descent = Descent(affinities, angle: 0, positions)
    let gradient = descent.gradient()
    for index in [0, 1, 17, 59] {
      func divergence(_ offset: Double) -> Double {
        var moved = positions
        moved[index] += offset
        var descent = Descent(affinities, angle: 0, moved)
        return descent.divergence()
      }
      let numerical = (divergence(1e-5) - divergence(-1e-5)) / 2e-5
      #expect(abs(gradient[index] - numerical) < 1e-8)
    }
  }

  @Test("Gradient and divergence are scikit-learn's") func golden() throws {
    let rows = try EmbeddingRows(EmbeddingGolden.rows, width: 3)
    let affinities = Affinities(rows, perplexity: 3, neighbours: 11)
    var descent = Descent(affinities, angle: 0, EmbeddingGolden.points)
    #expect(abs(descent.divergence() - EmbeddingGolden.divergence) < 1e-4)
    for (ours, theirs) in zip(descent.gradient(), EmbeddingGolden.gradient) {
      #expect(abs(ours - theirs) < 1e-5)
    }
  }

  @Test("Forces from groups are close to those from all pairs, and equal at an angle of nearly 0")
  func groups() {
    let positions = (0..<2_000).map { 30 * sin(Double($0) * Double($0)) }
    var exact = [Double](repeating: 0, count: positions.count)
    var sum = Repulsion(count: 1_000, angle: 0)
    let total = sum.sum(positions, into: &exact)
    let length = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for (angle, tolerance) in [(1e-9, 1e-12), (0.2, 4e-3), (0.5, 3e-2)] {
      var forces = exact.map { _ in Double.nan }
      var repulsion = Repulsion(count: 1_000, angle: angle)
      let found = repulsion.sum(positions, into: &forces)
      let error = zip(forces, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      #expect(abs(found / total - 1) < tolerance && error / length < tolerance)
    }
  }

  @Test(
    "Clusters stay apart, exactly and by groups, from either start", arguments: [0, 10_000],
    TSNE.Start.allCases)
  func clusters(_ maximumExactCount: Int, _ start: TSNE.Start) throws {
    let (values, classes) = Self.clusters(4, of: 30)
    let rows = try EmbeddingRows(values, width: 5)
    let embedding = try settings {
      ($0.maximumExactCount, $0.start) = (maximumExactCount, start)
    }.embed(rows)
    #expect(try embedding.neighbourVoteAccuracy(of: classes) == 1)
    #expect(try embedding.trustworthiness(of: rows) > 0.9)
    #expect(embedding.divergence > 0 && embedding.divergence < 1)
  }

  @Test("Equal seeds give equal points, others do not") func seeds() throws {
    let rows = try EmbeddingRows(Self.clusters(3, of: 20).values, width: 5)
    func embed(_ seed: UInt64) throws -> PlaneEmbedding {
      try settings { ($0.seed, $0.start, $0.iterations, $0.maximumExactCount) = (seed, .random, 60, 0) }
        .embed(rows)
    }
    #expect(try embed(1) == embed(1))
    #expect(try embed(1) != embed(2))
  }

  @Test("Equal rows, even all of them, end at finite points", arguments: [0, 10_000], TSNE.Start.allCases)
  func duplicates(_ maximumExactCount: Int, _ start: TSNE.Start) throws {
    let some = Self.clusters(2, of: 20, width: 2).values
    for values in [[Float](repeating: 3, count: 100), [Float](repeating: 0, count: 100) + some + some] {
      let embedding = try settings {
        ($0.maximumExactCount, $0.start, $0.iterations) = (maximumExactCount, start, 300)
      }.embed(EmbeddingRows(values, width: 2))
      #expect((embedding.x + embedding.y).allSatisfy(\.isFinite) && embedding.divergence.isFinite)
    }
  }

  @Test("Points that are all the same make no endless tree") func coincident() {
    let positions = [Double](repeating: 2, count: 400) + [3, 3]
    var forces = positions.map { _ in 0.0 }
    var repulsion = Repulsion(count: 201, angle: 0.5)
    let total = repulsion.sum(positions, into: &forces)
    #expect(abs(total - (200 * 199 + 2 * 200 / 3.0)) < 1e-6)
    #expect(abs(forces[0] + 1 / 9.0) < 1e-9 && abs(forces[400] - 200 / 9.0) < 1e-9)
  }

  @Test("Rows of any magnitude are embedded alike") func scale() throws {
    let values = Self.clusters(3, of: 20).values
    let short = settings { $0.iterations = 20 }
    let embedding = try short.embed(EmbeddingRows(values, width: 5))
    #expect(try short.embed(EmbeddingRows(values.map { $0 * 0x1p100 }, width: 5)) == embedding)
  }

  @Test("Points that go beyond all bounds are an error, and not waited for", arguments: [0, 400])
  func diverging(_ maximumExactCount: Int) throws {
    let rows = try EmbeddingRows(Self.clusters(4, of: 30).values, width: 5)
    let settings = settings { ($0.learningRate, $0.maximumExactCount) = (1e20, maximumExactCount) }
    #expect(throws: EmbeddingError.diverged(iteration: 1)) { try settings.embed(rows) }
    #expect("\(EmbeddingError.diverged(iteration: 1))".contains("lower --learning-rate"))
  }

  @Test("What cannot be embedded is refused, with what to change") func errors() throws {
    #expect(throws: EmbeddingError.notFinite(row: 1)) { try EmbeddingRows([0, 1, 2, .nan], width: 2) }
    let three = try EmbeddingRows([1, 2, 3], width: 1)
    #expect(throws: EmbeddingError.tooFewRows(count: 3, needed: 4)) { try TSNE().embed(three) }
    let thirty = try EmbeddingRows((0..<30).map { Float($0) }, width: 1)
    #expect(throws: EmbeddingError.perplexity(30, count: 30)) { try TSNE().embed(thirty) }
    #expect(
      "\(EmbeddingError.perplexity(30, count: 30))"
        == "a perplexity of 30 does not fit 30 rows; choose one from 1 to 9, a third of the other rows")
    for change in [
      { $0.learningRate = 0 }, { $0.iterations = 0 }, { $0.exaggeration = 0.5 }, { $0.momentum.later = 1 },
      { $0.angle = 0.8 },
    ] as [(inout TSNE) -> Void] {
      #expect(throws: EmbeddingError.self) {
        try settings {
          $0.perplexity = 5; change(&$0)
        }.embed(thirty)
      }
    }
  }
}
