import Torch

/// Distances along rays, of which each is drawn from a stretch of its own; without a generator those at equal intervals from one bound
/// to the other, to whose middles the stretches reach.
///
/// **Shape** `[R, S]`
///
/// **Source** Mildenhall et al. 2020, eq. 2, in the form of its code.
public struct StratifiedSampling {
  /// The first and the last distance.
  public let bounds: ClosedRange<Double>
  /// S; at least 2.
  public let samples: Int

  /// So many distances between bounds.
  public init(bounds: ClosedRange<Double>, samples: Int) { (self.bounds, self.samples) = (bounds, samples) }

  /// The distances.
  /// - Parameters:
  ///   - rays: R.
  ///   - device: Where they are.
  ///   - generator: What they are drawn from; nil for equal intervals.
  public func callAsFunction(rays: Int, on device: Device, _ generator: RandomGenerator?) -> Tensor {
    let step = (bounds.upperBound - bounds.lowerBound) / Double(samples - 1)
    let even = (0..<samples).map { bounds.lowerBound + step * Double($0) }
    func row(_ values: [Double]) -> Tensor {
      Tensor(values.map { Float($0) }, shape: [1, samples]).to(device)
    }
    guard let generator else { return row(even).expanded([rays, samples]) }
    let edges = even.map { ($0 - step / 2)...($0 + step / 2) }.map { $0.clamped(to: bounds) }
    let lengths = row(edges.map { $0.upperBound - $0.lowerBound })
    return generator.uniform([rays, samples]) * lengths + row(edges.map(\.lowerBound))
  }
}
