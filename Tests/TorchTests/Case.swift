import Foundation
import TestSupport
import Torch

/// An expression and the numbers it must give.
struct Case: Sendable, CustomStringConvertible {
  let description: String
  let result: @Sendable () -> Tensor
  let shape: [Int]
  let values: [Double]

  init(
    _ description: String, _ values: [Double], shape: [Int]? = nil, _ result: @escaping @Sendable () -> Tensor
  ) {
    self.description = description
    self.values = values
    self.shape = shape ?? [values.count]
    self.result = result
  }

  /// What is wrong; nil when shape and numbers agree within `tolerance` (NaN agrees with NaN).
  func violation(tolerance: Double) -> String? {
    let result = result()
    guard result.shape == shape else { return "\(description): shape \(result.shape), not \(shape)" }
    let found = result.to(.float64).scalars(Double.self)
    let agree = zip(found, values).allSatisfy { found, expected in
      found == expected || found.isNaN && expected.isNaN
        || abs(found - expected) <= tolerance * max(1, abs(expected))
    }
    return agree ? nil : "\(description): \(found), not \(values)"
  }
}

/// Numbers in float64, of one dimension.
func vector(_ values: Double...) -> Tensor { Tensor(values) }

/// Rows of numbers in float64.
func matrix(_ rows: [Double]...) -> Tensor {
  Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
}

/// Indices.
func indices(_ values: Int...) -> Tensor { Tensor(values) }
