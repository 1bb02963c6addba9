import Foundation
import Torch

/// Sine and cosine of a place in turn, at wavelengths from 2π to 10,000 · 2π: `sin(t / 10000^(2i / D))` in column 2i, the cosine in the
/// next.
///
/// **Shape** `[T, D]`
///
/// **Source** Vaswani et al. 2017, section 3.5.
enum SinusoidalPositions {
  /// The first `length` places.
  static func table(length: Int, width: Int) -> Tensor {
    let values = (0..<length).flatMap { time in
      (0..<width).map { column in
        let angle = Double(time) / pow(10_000, Double(column / 2 * 2) / Double(width))
        return Float(column % 2 == 0 ? sin(angle) : cos(angle))
      }
    }
    return Tensor(values, shape: [length, width])
  }
}
