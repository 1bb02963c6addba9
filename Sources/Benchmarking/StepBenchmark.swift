import DirectFeedback

/// The time, memory and arithmetic of a training step by several methods, measured in turn in one process.
///
/// A round is a turn of each method, a turn a few steps.
package struct StepBenchmark: Sendable {
  /// What was measured of one method.
  package struct Method: Encodable, Sendable {
    /// Of the counted steps of all rounds.
    package let secondsPerStep: Timing
    /// The median over rounds of this method's median time to the first method's.
    package let ratio: Double
    /// The quartiles of the same.
    package let ratioQuartiles: [Double]
    /// Peak memory of a step beyond what was allocated before, in bytes.
    package let peakBytes: Int
    /// ``Contestant/activationBytes()``.
    package let activationBytes: Int
    /// Of the matrix products of a step.
    package let multiplyAccumulates: Int
    /// 10⁹ floating-point operations of products a second: two multiply-accumulates over the median time.
    package let gflops: Double
    /// ``gflops`` as a share of the device's peak.
    package let peakShare: Double
    /// The ratio of multiply-accumulates to the first method's: the least ``ratio`` if products were all that
    /// takes time, and as fast as the first method's.
    package let limit: Double
  }

  /// What was measured.
  package let labels: BenchmarkSubject.Labels
  /// Where.
  package let device: Device
  /// Rounds that counted.
  package let rounds: Int
  /// ``MatrixPeak``.
  package let peakGflops: Double
  /// The methods in the order in which they were given, by their words.
  package let methods: [(label: String, result: Method)]

  /// Measures.
  /// - Parameters:
  ///   - subject: What is measured.
  ///   - methods: The methods; the first is the one to compare with.
  ///   - rounds: Rounds that count; fitted to the time of a step when nil.
  ///   - warmup: Rounds before them; fitted when nil.
  /// - Throws: What a task throws when its data are missing.
  package init(
    _ subject: BenchmarkSubject, methods: [BenchmarkMethod], rounds: Int? = nil, warmup: Int? = nil
  ) throws {
    let contestants = try methods.map(subject.contestant)
    let peak = MatrixPeak.gflops(on: subject.device)
    let seconds = try contestants.map { contestant in
      // Feedback matrices and the optimizer's state are not a step's memory.
      try contestant.prepare()
      return contestant.secondsOfStep()
    }
    let pace = BenchmarkPace(secondsOfStep: seconds, rounds: rounds, warmup: warmup)
    let turns = pace.turns(of: contestants) { $0.secondsOfStep() }
    let products = contestants.map { $0.trace().multiplyAccumulates }
    labels = subject.labels
    device = subject.device
    self.rounds = pace.rounds
    peakGflops = peak
    self.methods = methods.indices.map { index in
      let timing = Timing(turns[index].flatMap { $0 })
      let ratios = zip(turns[index], turns[0]).map { Timing($0).median / Timing($1).median }
      let ratio = Timing(ratios).median
      let gflops = 2 * Double(products[index]) / timing.median * 1e-9
      return (
        methods[index].label,
        Method(
          secondsPerStep: timing, ratio: ratio, ratioQuartiles: quartiles(ratios),
          peakBytes: contestants[index].peakBytesOfStep(),
          activationBytes: contestants[index].activationBytes(), multiplyAccumulates: products[index],
          gflops: gflops, peakShare: gflops / peak,
          limit: Double(products[index]) / Double(max(products[0], 1)))
      )
    }
  }

  /// A row for each method.
  package var table: Table {
    let titles = [
      "median ms", "min ms", "ratio", "quartiles", "limit", "GMAC", "GFLOP/s", "of peak",
      "activations", "peak",
    ]
    return Table(
      columns: [TableColumn("method")] + titles.map { TableColumn($0, .right) },
      rows: methods.map { label, method in
        [
          label, format(method.secondsPerStep.median * 1e3, 3), format(method.secondsPerStep.min * 1e3, 3),
          format(method.ratio, 3), method.ratioQuartiles.map { format($0, 3) }.joined(separator: " to "),
          format(method.limit, 3),
          format(Double(method.multiplyAccumulates) * 1e-9, 3), format(method.gflops, 1),
          format(method.peakShare, 2), NumberFormat.bytes(method.activationBytes),
          NumberFormat.bytes(method.peakBytes),
        ]
      })
  }
}

extension StepBenchmark: Encodable {
  private enum CodingKeys: CodingKey { case device, threads, rounds, peakGflops, methods }

  /// The labels beside `device`, `threads`, `rounds`, `peakGflops` and `methods`.
  package func encode(to encoder: any Encoder) throws {
    try labels.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(device.description, forKey: .device)
    try container.encode(LibTorch.threadCount, forKey: .threads)
    try container.encode(rounds, forKey: .rounds)
    try container.encode(peakGflops, forKey: .peakGflops)
    try container.encode(
      Dictionary(uniqueKeysWithValues: methods.map { ($0.label, $0.result) }), forKey: .methods)
  }
}
