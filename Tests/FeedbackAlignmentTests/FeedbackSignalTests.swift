import FeedbackAlignment
import Networks
import TestSupport
import Testing
import Torch

/// The signals `t_i = B_i e` for points and errors made by hand.
@Suite("Feedback signals") struct FeedbackSignalTests {
  /// A scope of its own for each point and output, whose names the tests use several times.
  private var scope: Scope { ParameterStore(seed: 1).root }

  private func crossing(
    _ path: String, _ shape: [Int], of output: FeedbackOutput, rowDimensions: Int? = nil, occurrence: Int = 0,
    receivesFeedback: Bool = true
  ) -> Crossing {
    let point = FeedbackPoint(
      scope / path, of: output, receivesFeedback: receivesFeedback, rowDimensions: rowDimensions)
    return Crossing(point: point, shape: shape, occurrence: occurrence)
  }

  private func method(
    _ distribution: FeedbackConfiguration.Distribution = .uniform,
    _ normalization: FeedbackConfiguration.Normalization = .pointWidth,
    _ sharing: FeedbackConfiguration.Sharing = .shared
  ) -> DirectFeedbackAlignment {
    DirectFeedbackAlignment(
      FeedbackConfiguration(distribution: distribution, normalization: normalization, sharing: sharing),
      seed: 2)
  }

  /// The matrix that a point of `width` sees, out of an error that is the identity: one row for each unit of
  /// the error.
  private func matrices(
    _ method: DirectFeedbackAlignment, errorWidth: Int, widths: [Int]
  ) throws -> [Tensor] {
    let output = FeedbackOutput(scope / "y")
    let points = widths.enumerated().map { crossing("h\($0)", [errorWidth, $1], of: output) }
    let signals = method.signals(
      at: points, [OutputGradient(output: output, gradient: .identity(errorWidth))])
    return try signals.map { try #require($0).to(.float64) }
  }

  private func deviation(_ x: Tensor) -> Double { x.square().mean().item.squareRoot() }

  /// What elements of deviation 1 become for points of width 400 and 100 and an error of width 25.
  static let divisors: [(FeedbackConfiguration.Normalization, wide: Double, narrow: Double)] = [
    (.pointWidth, 20, 10), (.pointAndErrorWidth, 100, 50), (.widestPoint, 20, 20), (.none, 1, 1),
  ]

  @Test("Elements have the deviation of their distribution divided as the papers do", arguments: divisors)
  func normalization(_ normalization: FeedbackConfiguration.Normalization, wide: Double, narrow: Double)
    throws
  {
    for (distribution, unit) in [
      (FeedbackConfiguration.Distribution.uniform, (1.0 / 3).squareRoot()), (.normal, 1),
    ] {
      for sharing in FeedbackConfiguration.Sharing.allCases {
        let found = try matrices(
          method(distribution, normalization, sharing), errorWidth: 25, widths: [400, 100])
        // 2500 elements: a standard error of 1.4 % of the deviation.
        #expect(abs(deviation(found[0]) * wide / unit - 1) < 0.06, "\(distribution) \(sharing)")
        #expect(abs(deviation(found[1]) * narrow / unit - 1) < 0.06, "\(distribution) \(sharing)")
        #expect(abs(found[0].mean().item) * wide < 0.05)
      }
    }
  }

  @Test("Uniform elements lie in [-1, 1) over the divisor and fill it") func bounds() throws {
    let x = try matrices(method(), errorWidth: 25, widths: [400])[0] * 20
    #expect(x.min().item >= -1 && x.max().item <= 1)
    #expect(x.min().item < -0.99 && x.max().item > 0.99)
  }

  @Test(
    "Eq. 7 and 8 of the 2019 paper: errors of deviation 1 make signals of deviation 1 / sqrt(width)"
  )
  func equation8() throws {
    let output = FeedbackOutput(scope / "y")
    let error = RandomGenerator(seed: 3).normal([1000, 25])
    let signals = method(.normal, .pointAndErrorWidth).signals(
      at: [crossing("h", [1000, 400], of: output)], [OutputGradient(output: output, gradient: error)])
    let signal = try #require(signals[0]).to(.float64)
    #expect(abs(deviation(signal) * 20 - 1) < 0.05)
  }

  @Test("Shared: a narrower point's signal is the first columns of the wider one's, scaled")
  func sharedColumns() throws {
    let found = try matrices(method(), errorWidth: 3, widths: [8, 32, 8])
    #expect(found[0].maximumDifference(from: found[1].narrowed(1, start: 0, length: 8) * 2) < 1e-7)
    #expect(found[0].equals(found[2]))
  }

  @Test("Independent: points of one width have unlike matrices") func independent() throws {
    let found = try matrices(method(.uniform, .pointWidth, .independent), errorWidth: 3, widths: [8, 8])
    #expect(found[0].relativeDifference(from: found[1]) > 0.5)
  }

  @Test("Points of the width of the widest share one tensor: one projection serves them") func oneProjection()
    throws
  {
    let output = FeedbackOutput(scope / "y")
    let points = ["a", "b", "c"].map { crossing($0, [4, 8], of: output) }
    let signals = method().signals(at: points, [OutputGradient(output: output, gradient: .ones([4, 3]))])
    let first = try #require(signals[0])
    #expect(signals.allSatisfy { $0?.isSame(as: first) == true })
  }

  @Test("A point that receives nothing gets nothing, and its width does not count") func noFeedback() throws {
    let output = FeedbackOutput(scope / "y")
    let method = method()
    let signals = method.signals(
      at: [
        crossing("cut", [4, 100], of: output, receivesFeedback: false), crossing("h", [4, 8], of: output),
      ],
      [OutputGradient(output: output, gradient: .ones([4, 3]))])
    #expect(signals[0] == nil)
    #expect(signals[1]?.shape == [4, 8])
    #expect(method.state["y"]?.shape == [3, 8])
  }

  @Test("Rows beyond the error's repeat its signal, divided by the square root of the repetition")
  func repeatedRows() throws {
    let output = FeedbackOutput(scope / "y")
    let error = OutputGradient(output: output, gradient: RandomGenerator(seed: 3).normal([2, 3]))
    let method = method()
    let plain = try #require(method.signals(at: [crossing("h", [2, 8], of: output)], [error])[0])
    let repeated = try #require(
      method.signals(at: [crossing("h", [2, 4, 8], of: output, rowDimensions: 2)], [error])[0])
    #expect(repeated.shape == [2, 4, 8])
    for token in 0..<4 { #expect(repeated.selected(1, token).maximumDifference(from: plain * 0.5) < 1e-7) }
  }

  @Test("Dimensions beyond the rows make the width, at points and at outputs") func manyDimensions() throws {
    let output = FeedbackOutput(scope / "y")
    let method = method()
    let signals = method.signals(
      at: [crossing("h", [2, 3, 4, 5], of: output)],
      [OutputGradient(output: output, gradient: RandomGenerator(seed: 3).normal([2, 3, 7]))])
    #expect(signals[0]?.shape == [2, 3, 4, 5])
    #expect(method.state["y"]?.shape == [21, 60])
  }

  @Test("A signal has the order in memory of the images that it meets, and the numbers of any order")
  func channelsLast() throws {
    let output = FeedbackOutput(scope / "y")
    let error = [OutputGradient(output: output, gradient: RandomGenerator(seed: 3).normal([2, 7]))]
    let method = method()
    let images = Tensor.ones([2, 3, 4, 5])
    func signal(meeting x: Tensor) throws -> Tensor {
      let crossing = Crossing(FeedbackPoint(scope / "h", of: output), x, after: [])
      return try #require(method.signals(at: [crossing], error)[0])
    }
    let (plain, ordered) = (try signal(meeting: images), try signal(meeting: images.channelsLast()))
    #expect(!plain.isChannelsLast && ordered.isChannelsLast)
    #expect(ordered.scalars(Float.self) == plain.scalars(Float.self))
  }

  @Test("Two leading dimensions of an output are rows of its points too") func rowDimensions() throws {
    let output = FeedbackOutput(scope / "y", rowDimensions: 2)
    let method = method()
    let error = RandomGenerator(seed: 3).normal([2, 5, 3])
    let signals = method.signals(
      at: [crossing("h", [2, 5, 8], of: output)], [OutputGradient(output: output, gradient: error)])
    let matrix = try #require(method.state["y"])
    #expect(matrix.shape == [3, 8])
    #expect(try #require(signals[0]).maximumDifference(from: error.matmul(matrix)) < 1e-6)
  }

  @Test("A point hears the error of its own call; of the only one when there is one") func calls() throws {
    let output = FeedbackOutput(scope / "y")
    let points = (0..<2).map { crossing("h", [4, 8], of: output, occurrence: $0) }
    let method = method()
    let (one, two) = (Tensor.ones([4, 3]), Tensor.ones([4, 3]) * 2)
    let both = method.signals(
      at: points,
      [OutputGradient(output: output, gradient: one), OutputGradient(output: output, gradient: two)])
    #expect(try #require(both[1]).maximumDifference(from: #require(both[0]) * 2) < 1e-6)
    let single = method.signals(at: points, [OutputGradient(output: output, gradient: one)])
    #expect(areEqual([single[0]], [single[1]]))
    #expect(areEqual([single[0]], [both[0]]))
  }
}
