import DirectFeedback

/// How the memory of a training step grows with the depth of a perceptron.
package struct MemoryBenchmark: Encodable, Sendable {
  /// What was measured of one method.
  package struct Method: Encodable, Sendable {
    /// ``Contestant/activationBytes()`` at each depth.
    package fileprivate(set) var activationBytes: [Int] = []
    /// The bytes that a layer more takes: the slope of a line through the depths by least squares; nil of a
    /// single depth.
    package fileprivate(set) var bytesPerLayer: Double?
  }

  /// Hidden layers.
  package let depths: [Int]
  /// Their width.
  package let width: Int
  /// Rows of the batch.
  package let batch: Int
  /// Where.
  package let device: String
  /// What was measured of each method, by its word.
  package private(set) var methods: [String: Method] = [:]

  /// Measures one step of each method at each depth.
  package init(depths: [Int], width: Int, batch: Int, methods: [BenchmarkMethod], device: Device) throws {
    self.depths = depths
    self.width = width
    self.batch = batch
    self.device = device.description
    for method in methods {
      var result = Method()
      for depth in depths {
        let network = BenchmarkNetwork.deepPerceptron(depth: depth, width: width)
        let contestant = try BenchmarkSubject(network, batch: batch, device: device).contestant(method)
        result.activationBytes.append(contestant.activationBytes())
      }
      result.bytesPerLayer = slope(depths.map(Double.init), result.activationBytes.map(Double.init))
      self.methods[method.label] = result
    }
  }

  private var labels: [String] { methods.keys.sorted() }

  /// A row for each depth, a column for each method.
  package var table: Table {
    Table(
      columns: [TableColumn("layers", .right)] + labels.map { TableColumn($0, .right) },
      rows: depths.indices.map { index in
        ["\(depths[index])"] + labels.map { NumberFormat.bytes(methods[$0]?.activationBytes[index] ?? 0) }
      })
  }

  /// Mebibytes over layers, a curve for each method.
  package var chart: LineChart {
    LineChart(
      title: "Activations of a step, \(width) wide, batch \(batch)", xLabel: "hidden layers", yLabel: "MiB",
      series: labels.map { label in
        Series(
          name: label, x: depths.map(Double.init),
          y: (methods[label]?.activationBytes ?? []).map { Double($0) / 1_048_576 })
      })
  }
}

/// The slope of the line through points by least squares; nil where all have one x.
private func slope(_ x: [Double], _ y: [Double]) -> Double? {
  let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
  let variation = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
  guard variation > 0 else { return nil }
  return zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / variation
}
