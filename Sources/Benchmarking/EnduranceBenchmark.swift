import DirectFeedback
import Foundation

/// Whether memory grows over many steps of a small network.
package struct EnduranceBenchmark: Encodable, Sendable {
  /// What the process holds after some steps.
  package struct Sample: Encodable, Sendable {
    /// Steps done.
    package let step: Int
    /// Memory of the process that is resident; nil where the system does not tell.
    package let residentBytes: Int?
    /// Bytes of the tensors alive on the device.
    package let aliveBytes: Int
  }

  /// First, last and maximum of the samples.
  package struct Range: Encodable, Sendable {
    /// The first.
    package let first: Int
    /// The last.
    package let last: Int
    /// The maximum.
    package let max: Int
    /// The last less the first.
    package let growth: Int

    fileprivate init?(_ values: [Int]) {
      guard let first = values.first, let last = values.last, let max = values.max() else { return nil }
      (self.first, self.last, self.max, growth) = (first, last, max, last - first)
    }
  }

  /// The network.
  package let network: String
  /// The method.
  package let method: String
  /// Where.
  package let device: String
  /// Steps done.
  package let steps: Int
  /// In order.
  package let samples: [Sample]
  /// Of the resident memory.
  package let residentBytes: Range?
  /// Of the tensors alive.
  package let aliveBytes: Range?

  /// Trains.
  /// - Parameters:
  ///   - method: By this method.
  ///   - steps: Steps in all.
  ///   - every: Steps between samples.
  ///   - device: Where.
  ///   - sampled: Told each sample as it is taken.
  package init(
    _ method: BenchmarkMethod, steps: Int, every: Int, device: Device, sampled: (Sample) -> Void = { _ in }
  ) throws {
    let network = BenchmarkNetwork.smallPerceptron
    let contestant = try BenchmarkSubject(network, device: device).contestant(method)
    var samples: [Sample] = []
    for step in 1...steps {
      contestant.step()
      guard step % every == 0 || step == steps else { continue }
      device.synchronize()
      let sample = Sample(
        step: step, residentBytes: ResidentMemory.bytes, aliveBytes: device.allocatedBytes)
      samples.append(sample)
      sampled(sample)
    }
    self.network = network.name
    self.method = method.label
    self.device = device.description
    self.steps = steps
    self.samples = samples
    residentBytes = Range(samples.compactMap(\.residentBytes))
    aliveBytes = Range(samples.map(\.aliveBytes))
  }

  /// A row for each quantity.
  package var table: Table {
    let rows = [("resident", residentBytes), ("tensors", aliveBytes)].compactMap { name, range in
      range.map { [name] + [$0.first, $0.last, $0.max, $0.growth].map(NumberFormat.bytes) }
    }
    return Table(
      columns: [TableColumn("bytes")]
        + ["first", "last", "maximum", "growth"].map { TableColumn($0, .right) }, rows: rows)
  }
}
