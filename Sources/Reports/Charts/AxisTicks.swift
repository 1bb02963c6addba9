import Foundation

/// Where the ticks of an axis stand: at multiples of 1, 2 or 5 times a power of ten.
struct AxisTicks {
  /// From one tick to the next.
  let step: Double
  /// The ticks from the lower to the upper end of the axis.
  let places: [Double]

  /// At most ten ticks, and one beside it where both ends have one.
  /// - Parameters:
  ///   - low: The lower end; finite.
  ///   - high: The upper end; finite, and not below.
  ///   - least: The least step, such as 1 where the axis counts something; 0 for any.
  init(from low: Double, to high: Double, least: Double = 0) {
    let rough = max((high - low) / 10, least, .leastNormalMagnitude)
    let power = pow(10, log10(rough).rounded(.down))
    step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * (1 - 1e-9) } ?? 10 * power
    let (first, last) = ((low / step - 1e-9).rounded(.up), (high / step + 1e-9).rounded(.down))
    let step = step
    places =
      first <= last && last - first < 100 ? stride(from: first, through: last, by: 1).map { $0 * step } : []
  }
}
