import Foundation

/// Whether two series of values, taken in pairs such as by seed, differ: Student's t-test of paired values.
public struct PairedDifference: Equatable, Sendable {
  /// The mean of the first values less that of the second.
  public let mean: Double
  /// How probable a mean at least so far from 0 is where nothing but chance makes the pairs differ, normally
  /// distributed; in [0, 1].
  public let probability: Double

  /// The difference of two series over the same pairs.
  ///
  /// - Returns: Nil for series of unlike lengths, of fewer than two pairs, or with values that are not finite.
  public init?(_ first: [Double], _ second: [Double]) {
    guard first.count == second.count, first.count > 1, (first + second).allSatisfy(\.isFinite) else {
      return nil
    }
    let differences = Statistics(zip(first, second).map { $0 - $1 })
    mean = differences.mean
    guard differences.std > 0 else {
      // Every pair differs by the same.
      probability = mean == 0 ? 1 : 0
      return
    }
    let t = abs(mean) / (differences.std / Double(first.count).squareRoot())
    probability = 1 - Self.share(within: t, degreesOfFreedom: first.count - 1)
  }

  /// The probability that Student's t lies in [-t, t].
  ///
  /// **Source** Abramowitz and Stegun 1972, 26.7.3 and 26.7.4.
  static func share(within t: Double, degreesOfFreedom: Int) -> Double {
    let angle = atan(t / Double(degreesOfFreedom).squareRoot())
    let square = cos(angle) * cos(angle)
    let isOdd = degreesOfFreedom % 2 == 1
    // 1 + (1/2) cos² + (1·3)/(2·4) cos⁴ + ... for even degrees; cos (1 + (2/3) cos² + ...) for odd ones.
    var (term, sum) = (1.0, 0.0)
    for k in 0..<(degreesOfFreedom / 2) {
      sum += term
      let n = Double(2 * k + (isOdd ? 2 : 1))
      term *= n / (n + 1) * square
    }
    let share = isOdd ? 2 / Double.pi * (angle + sin(angle) * cos(angle) * sum) : sin(angle) * sum
    return min(max(share, 0), 1)
  }
}
