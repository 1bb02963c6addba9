import Torch

extension Tensor {
  /// The largest absolute difference from another tensor; infinite when the shapes differ or an element is
  /// NaN.
  package func maximumDifference(from other: Tensor) -> Double {
    guard shape == other.shape else { return .infinity }
    guard count > 0 else { return 0 }
    let difference = (to(.float64, .cpu) - other.to(.float64, .cpu)).abs().max().item
    return difference.isNaN ? .infinity : difference
  }

  /// The Euclidean length of the difference from `other`, divided by the length of `other`.
  package func relativeDifference(from other: Tensor) -> Double {
    guard shape == other.shape else { return .infinity }
    let (own, other) = (detached().to(.float64, .cpu), other.detached().to(.float64, .cpu))
    return ((own - other).square().sum().item / Swift.max(other.square().sum().item, 1e-300)).squareRoot()
  }
}

/// Whether two lists of optional tensors agree in every place, bit for bit.
package func areEqual(_ xs: [Tensor?], _ ys: [Tensor?]) -> Bool {
  xs.count == ys.count
    && zip(xs, ys).allSatisfy { x, y in
      switch (x, y) {
      case (nil, nil): true
      case (let x?, let y?): x.equals(y)
      default: false
      }
    }
}

/// Whether both hold the same tensors, bit for bit.
package func areEqual(_ x: [String: Tensor], _ y: [String: Tensor]) -> Bool {
  x.keys.sorted() == y.keys.sorted() && x.allSatisfy { y[$0]?.equals($1) == true }
}
