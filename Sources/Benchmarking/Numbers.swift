import Foundation

/// The values below which a quarter and three quarters of the values lie, between neighbours in proportion.
func quartiles(_ values: [Double]) -> [Double] {
  let sorted = values.sorted()
  return [0.25, 0.75].map { share in
    let place = share * Double(sorted.count - 1)
    let (low, high) = (sorted[Int(place)], sorted[min(Int(place) + 1, sorted.count - 1)])
    return low + (high - low) * (place - place.rounded(.down))
  }
}

/// A number with that many decimals.
func format(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }
