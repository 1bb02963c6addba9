import Reports
import Testing

@Suite("Measures of an embedding") struct EmbeddingMeasureTests {
  private func embedding(_ points: [Double]) -> PlaneEmbedding {
    let indices = stride(from: 0, to: points.count, by: 2)
    return PlaneEmbedding(x: indices.map { points[$0] }, y: indices.map { points[$0 + 1] }, divergence: 0)
  }

  @Test("Trustworthiness is scikit-learn's") func golden() throws {
    let rows = try EmbeddingRows(EmbeddingGolden.rows, width: 3)
    for (neighbours, value) in EmbeddingGolden.trustworthiness {
      let ours = try embedding(EmbeddingGolden.points).trustworthiness(of: rows, neighbours: neighbours)
      #expect(abs(ours - value) < 1e-12)
    }
  }

  @Test("Rows that already lie in the plane are trusted wholly") func identity() throws {
    let points = (0..<60).map { Double($0 * $0 % 61) }
    let rows = try EmbeddingRows(points.map { Float($0) }, width: 2)
    #expect(try embedding(points).trustworthiness(of: rows) == 1)
  }

  @Test("Neighbours vote; of equally many votes the nearest one's counts") func vote() throws {
    let line = embedding([0, 0, 1, 0, 2, 0, 10, 0, 11, 0, 12, 0])
    #expect(try line.neighbourVoteAccuracy(of: [0, 0, 0, 1, 1, 1], neighbours: 2) == 1)
    #expect(try line.neighbourVoteAccuracy(of: [0, 1, 0, 1, 1, 1], neighbours: 1) == 0.5)
  }

  @Test("More neighbours than points are refused") func errors() throws {
    let rows = try EmbeddingRows([1, 2, 3, 4], width: 1)
    let line = embedding([1, 0, 2, 0, 3, 0, 4, 0])
    #expect(throws: EmbeddingError.tooFewRows(count: 4, needed: 25)) { try line.trustworthiness(of: rows) }
    #expect(throws: EmbeddingError.tooFewRows(count: 4, needed: 11)) {
      try line.neighbourVoteAccuracy(of: [0, 0, 1, 1])
    }
  }
}
