import DirectFeedback

/// The time and memory of an epoch, its steps and an evaluation, by several methods, measured in turn in one
/// process.
///
/// A round is a turn of each method, a turn a few epochs.
package struct EpochBenchmark: Sendable {
  /// What was measured of one method.
  package struct Method: Encodable, Sendable {
    /// Of the counted epochs of all rounds, steps and evaluation together.
    package let secondsPerEpoch: Timing
    /// Of the steps of an epoch.
    package let secondsOfTraining: Timing
    /// Of an evaluation.
    package let secondsOfEvaluation: Timing
    /// The median over rounds of this method's median time of an epoch to the first method's.
    package let ratio: Double
    /// The quartiles of the same.
    package let ratioQuartiles: [Double]
    /// Peak memory of tensors in an epoch beyond what was allocated before, in bytes.
    package let peakBytes: Int
  }

  /// What was measured.
  package let labels: BenchmarkSubject.Labels
  /// Where.
  package let device: Device
  /// Rounds that counted.
  package let rounds: Int
  /// Epochs of a method in a round that counted.
  package let epochsInRound: Int
  /// Bytes of tensors alive before the epochs: data, networks and what optimizers keep.
  package let aliveBytes: Int
  /// Peak memory of the process, in bytes; nil where the system does not tell.
  package let residentPeakBytes: Int?
  /// The methods in the order in which they were given, by their words.
  package let methods: [(label: String, result: Method)]

  /// Measures.
  /// - Parameters:
  ///   - subject: What is measured.
  ///   - methods: The methods; the first is the one to compare with.
  ///   - rounds: Rounds that count; fitted to the time of an epoch when nil.
  ///   - warmup: Rounds before them; fitted when nil.
  /// - Throws: What a task throws when its data are missing.
  package init(
    _ subject: BenchmarkSubject, methods: [BenchmarkMethod], rounds: Int? = nil, warmup: Int? = nil
  ) throws {
    let contestants = try methods.map(subject.contestant)
    let peaks = try contestants.map { contestant in
      // Feedback matrices and the optimizer's state are made before, and not an epoch's memory.
      try contestant.prepare()
      return try contestant.peakBytesOfEpoch()
    }
    aliveBytes = subject.device.allocatedBytes
    let seconds = try contestants.map { contestant in
      let epoch = try contestant.secondsOfEpoch()
      return epoch.training + epoch.evaluation
    }
    let pace = BenchmarkPace(secondsOfEpoch: seconds, rounds: rounds, warmup: warmup)
    let turns = try pace.turns(of: contestants) { try $0.secondsOfEpoch() }
    labels = subject.labels
    device = subject.device
    self.rounds = pace.rounds
    epochsInRound = pace.stepsInTurn - pace.uncountedSteps
    residentPeakBytes = ResidentMemory.peakBytes
    let medians = turns.map { turns in
      turns.map { epochs in Timing(epochs.map { $0.training + $0.evaluation }).median }
    }
    self.methods = methods.indices.map { index in
      let epochs = turns[index].flatMap { $0 }
      let ratios = zip(medians[index], medians[0]).map { $0 / $1 }
      return (
        methods[index].label,
        Method(
          secondsPerEpoch: Timing(epochs.map { $0.training + $0.evaluation }),
          secondsOfTraining: Timing(epochs.map(\.training)),
          secondsOfEvaluation: Timing(epochs.map(\.evaluation)), ratio: Timing(ratios).median,
          ratioQuartiles: quartiles(ratios), peakBytes: peaks[index])
      )
    }
  }

  /// A row for each method.
  package var table: Table {
    let titles = [
      "epoch ms", "min ms", "training ms", "evaluation ms", "ratio", "quartiles", "peak of tensors",
    ]
    return Table(
      columns: [TableColumn("method")] + titles.map { TableColumn($0, .right) },
      rows: methods.map { label, method in
        let times = [
          method.secondsPerEpoch.median, method.secondsPerEpoch.min, method.secondsOfTraining.median,
          method.secondsOfEvaluation.median,
        ]
        return [label] + times.map { format($0 * 1e3, 3) } + [
          format(method.ratio, 3), method.ratioQuartiles.map { format($0, 3) }.joined(separator: " to "),
          NumberFormat.bytes(method.peakBytes),
        ]
      })
  }

  /// What holds for all methods, in a line.
  package var summary: String {
    let resident = residentPeakBytes.map { ", process at most \(NumberFormat.bytes($0))" } ?? ""
    return "\(rounds) rounds of \(epochsInRound), \(LibTorch.threadCount) threads on \(device); "
      + "tensors before \(NumberFormat.bytes(aliveBytes))\(resident)"
  }
}

extension EpochBenchmark: Encodable {
  private enum CodingKeys: CodingKey {
    case device, threads, rounds, epochsInRound, aliveBytes, residentPeakBytes, methods
  }

  /// The labels beside the keys.
  package func encode(to encoder: any Encoder) throws {
    try labels.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(device.description, forKey: .device)
    try container.encode(LibTorch.threadCount, forKey: .threads)
    try container.encode(rounds, forKey: .rounds)
    try container.encode(epochsInRound, forKey: .epochsInRound)
    try container.encode(aliveBytes, forKey: .aliveBytes)
    try container.encodeIfPresent(residentPeakBytes, forKey: .residentPeakBytes)
    try container.encode(
      Dictionary(uniqueKeysWithValues: methods.map { ($0.label, $0.result) }), forKey: .methods)
  }
}
