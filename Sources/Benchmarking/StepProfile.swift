import DirectFeedback

/// Where the time of a training step goes.
package struct StepProfile: Sendable {
  /// The median over steps of a part.
  package struct Part: Encodable, Sendable {
    /// Its time.
    package let seconds: Double
    /// Its share of the step's time.
    package let share: Double
  }

  /// What was measured.
  package let labels: BenchmarkSubject.Labels
  /// By which method.
  package let method: BenchmarkMethod
  /// Where.
  package let device: Device
  /// Of the traced steps, which are slower than others by the recording.
  package let secondsPerStep: Timing
  /// Every part.
  package let parts: [StepPart: Part]
  /// The share of all matrix products, that of the projection included.
  package let productShare: Double
  /// Steps that were traced.
  package let steps: Int

  /// Measures.
  /// - Parameters:
  ///   - subject: What is measured.
  ///   - method: By which method.
  ///   - steps: Steps to trace; two more come before.
  /// - Throws: What a task throws when its data are missing.
  package init(_ subject: BenchmarkSubject, method: BenchmarkMethod, steps: Int) throws {
    let contestant = try subject.contestant(method)
    let parameters = Set(contestant.store.parameters.map(\.tensor.storageAddress))
    for _ in 0..<2 { contestant.step() }
    var walls: [Double] = []
    var products: [Double] = []
    var times: [StepPart: [Double]] = [:]
    for _ in 0..<steps {
      var wall = 0.0
      let trace = OperationTrace.record(on: subject.device) { wall = contestant.secondsOfStep() }
      let nanoseconds = trace.nanoseconds(parameters: parameters)
      let inside = Double(nanoseconds.values.reduce(0, +)) * 1e-9
      for part in StepPart.allCases {
        let seconds = part == .rest ? wall - inside : Double(nanoseconds[part] ?? 0) * 1e-9
        times[part, default: []].append(seconds)
      }
      walls.append(wall)
      products.append(Double(trace.nanosecondsOfProducts) * 1e-9)
    }
    func share(_ seconds: [Double]) -> Double { Timing(zip(seconds, walls).map { $0 / $1 }).median }
    labels = subject.labels
    self.method = method
    device = subject.device
    secondsPerStep = Timing(walls)
    parts = times.mapValues { Part(seconds: Timing($0).median, share: share($0)) }
    productShare = share(products)
    self.steps = steps
  }

  /// A row for each part, and one for all products.
  package var table: Table {
    let rows = StepPart.allCases.compactMap { part in
      parts[part].map { [part.title, format($0.seconds * 1e3, 3), format($0.share * 100, 1)] }
    }
    let products = ["all products", "", format(productShare * 100, 1)]
    return Table(
      columns: [TableColumn("part"), TableColumn("ms", .right), TableColumn("%", .right)],
      rows: rows + [products])
  }
}

extension StepProfile: Encodable {
  private enum CodingKeys: CodingKey {
    case method, device, threads, steps, secondsPerStep, parts, productShare
  }

  /// The labels beside `method`, `device`, `threads`, `steps`, `secondsPerStep`, `parts` and `productShare`.
  package func encode(to encoder: any Encoder) throws {
    try labels.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(method.label, forKey: .method)
    try container.encode(device.description, forKey: .device)
    try container.encode(LibTorch.threadCount, forKey: .threads)
    try container.encode(steps, forKey: .steps)
    try container.encode(secondsPerStep, forKey: .secondsPerStep)
    try container.encode(
      Dictionary(uniqueKeysWithValues: parts.map { ($0.rawValue, $1) }), forKey: .parts)
    try container.encode(productShare, forKey: .productShare)
  }
}
