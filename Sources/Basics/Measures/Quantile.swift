/// The value below which a share of the values lies, between neighbours in proportion (type 7 of Hyndman and Fan 1996,
/// which NumPy and R take unless told otherwise).
/// - Parameters:
///   - share: In [0, 1]; 0.25 for the lower quartile.
///   - values: At least one, in any order.
package func quantile(_ share: Double, of values: [Double]) -> Double {
  require(!values.isEmpty && (0...1).contains(share), "quantile \(share) of \(values.count) values")
  let sorted = values.sorted()
  let place = share * Double(sorted.count - 1)
  let (low, high) = (sorted[Int(place)], sorted[min(Int(place) + 1, sorted.count - 1)])
  return low + (high - low) * (place - place.rounded(.down))
}

/// The lower and the upper quartile.
package func quartiles(_ values: [Double]) -> [Double] { [0.25, 0.75].map { quantile($0, of: values) } }
