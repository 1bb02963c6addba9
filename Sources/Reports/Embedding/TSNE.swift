import Foundation

/// t-distributed stochastic neighbour embedding: embeds rows in the plane so that near ones stay near.
///
/// Minimises `Σ_ij p_ij log(p_ij / q_ij)` over the points y, where `p_ij` are the affinities of the rows
/// (normal, as far as their nearest neighbours) and `q_ij = w_ij / Z`, `w_ij = 1 / (1 + |y_i - y_j|²)`, those of the
/// points, by gradient descent with momentum and a gain for each coordinate. The gradient is
/// `4 (Σ_j p_ij w_ij (y_i - y_j) - Σ_j w_ij² (y_i - y_j) / Z)`.
///
/// Few rows are embedded exactly; more of them with affinities only to the nearest neighbours and with far
/// points taken in groups, in O(N log N) an iteration. Equal rows, settings and seeds give equal points.
///
/// **Source** van der Maaten and Hinton 2008, eq. 5 and section 3.4; van der Maaten 2014, section 4. The start
/// along principal components: Kobak and Berens 2019.
public struct TSNE: Sendable {
  /// Where points are before the first iteration, with a deviation of 1e-4.
  public enum Start: String, Sendable, CaseIterable {
    /// Along the two principal components of the rows.
    case principalComponents = "pca"
    /// Normally distributed, from the seed.
    case random
  }

  /// How many neighbours a row has, so to speak; from 1 to (N - 1) / 3.
  public var perplexity = 30.0
  /// The step size; above 0.
  public var learningRate = 200.0
  /// How many iterations; at least 1.
  public var iterations = 1_000
  /// What affinities are multiplied with at first, so that points which belong together find each other; at
  /// least 1.
  public var exaggeration = 12.0
  /// How many iterations have exaggerated affinities and the first momentum.
  public var exaggeratedIterations = 250
  /// The share of the last step in the next, at first and later; in [0, 1).
  public var momentum = (first: 0.5, later: 0.8)
  /// Where points begin.
  public var start = Start.principalComponents
  /// What is random comes from here.
  public var seed: UInt64 = 0
  /// With more rows than this, distant points are taken in groups.
  public var maximumExactCount = 400
  /// How coarse the groups may be: the largest ratio of their width to their distance; in [0, 0.7], where 0
  /// sums over all pairs.
  public var angle = 0.5

  /// The settings that most implementations have.
  public init() {}

  /// Embeds rows.
  ///
  /// - Parameters:
  ///   - rows: what to embed; at least 4 rows.
  ///   - progress: told now and then how many iterations are done.
  /// - Throws: `EmbeddingError` when there are too few rows, settings are out of range or do not fit them, or the
  ///   points diverge.
  public func embed(_ rows: EmbeddingRows, progress: (Int) -> Void = { _ in }) throws -> PlaneEmbedding {
    try validate(rows.count)
    let isExact = rows.count <= maximumExactCount
    let affinities = Affinities(
      rows, perplexity: perplexity, neighbours: isExact ? rows.count - 1 : Int(3 * perplexity))
    var descent = Descent(affinities, angle: isExact ? 0 : angle, beginning(rows))
    for iteration in 0..<iterations {
      let isEarly = iteration < exaggeratedIterations
      descent.step(
        rate: learningRate, momentum: isEarly ? momentum.first : momentum.later,
        exaggeration: isEarly ? exaggeration : 1)
      guard descent.isBounded else { throw EmbeddingError.diverged(iteration: iteration + 1) }
      if iteration % 10 == 9 || iteration == iterations - 1 { progress(iteration + 1) }
    }
    let positions = descent.positions
    return PlaneEmbedding(
      x: (0..<rows.count).map { positions[2 * $0] }, y: (0..<rows.count).map { positions[2 * $0 + 1] },
      divergence: descent.divergence())
  }

  private func validate(_ count: Int) throws {
    guard count >= 4 else { throw EmbeddingError.tooFewRows(count: count, needed: 4) }
    guard perplexity >= 1, 3 * perplexity <= Double(count - 1) else {
      throw EmbeddingError.perplexity(perplexity, count: count)
    }
    func require(_ name: String, _ value: Double, _ range: String, _ holds: Bool) throws {
      if !holds { throw EmbeddingError.setting(name: name, value: value, range: range) }
    }
    try require("learning rate", learningRate, "above 0", learningRate > 0 && learningRate.isFinite)
    try require("number of iterations", Double(iterations), "at least 1", iterations >= 1)
    try require("exaggeration", exaggeration, "at least 1", exaggeration >= 1 && exaggeration.isFinite)
    for value in [momentum.first, momentum.later] {
      try require("momentum", value, "at least 0 and less than 1", (0..<1).contains(value))
    }
    try require("angle", angle, "from 0 to 0.7", (0...0.7).contains(angle))
  }

  private func beginning(_ rows: EmbeddingRows) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    guard start == .principalComponents else {
      return (0..<2 * rows.count).map { _ in 1e-4 * generator.normal() }
    }
    let scores = PrincipalComponents.scores(of: rows, &generator)
    let squares = stride(from: 0, to: scores.count, by: 2).reduce(0.0) { $0 + scores[$1] * scores[$1] }
    let deviation = (squares / Double(rows.count)).squareRoot()
    // A little of chance parts equal rows, which would otherwise stay together for ever.
    return scores.map { 1e-4 * (deviation > 0 ? $0 / deviation : 0) + 1e-6 * generator.normal() }
  }
}
