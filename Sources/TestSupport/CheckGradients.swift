import Torch

/// Compares the gradients of a function with central differences.
/// - Parameters:
///   - leaves: The tensors to differentiate by, which ask for a gradient. They are changed in place and put
///     back.
///   - step: Half the distance of the two evaluations.
///   - tolerance: The largest difference, relative to the greater of 1 and the slope.
///   - function: Computes a tensor from the leaves; it is reduced to a number by a weighted sum.
/// - Returns: What is wrong, one line for each wrong element; empty when all is well.
package func checkGradients(
  by leaves: [Tensor], step: Double, tolerance: Double, of function: () -> Tensor
) -> [String] {
  func number() -> Tensor {
    let y = function()
    // Weights unlike each other, so that errors that cancel in a plain sum are seen.
    let weights = (Tensor.range(0..<y.count, dtype: .float64) * 0.7 + 0.3).sin() + 1.5
    return (y.to(.float64).reshaped([-1]) * weights).sum()
  }
  let derivatives = gradients(of: [number()], for: leaves)
  var violations: [String] = []
  for (index, (leaf, derivative)) in zip(leaves, derivatives).enumerated() {
    guard let derivative else {
      violations.append("leaf \(index) gets no gradient")
      continue
    }
    guard derivative.shape == leaf.shape else {
      violations.append("the gradient of leaf \(index) is \(derivative.shape), not \(leaf.shape)")
      continue
    }
    let slopes = derivative.to(.float64).scalars(Double.self)
    let values = leaf.to(.float64).scalars(Double.self)
    for element in values.indices {
      func shifted(_ difference: Double) -> Double {
        var changed = values
        changed[element] += difference
        leaf.copy(from: Tensor(changed, shape: leaf.shape))
        return withoutGradient { number().item }
      }
      let expected = (shifted(step) - shifted(-step)) / (2 * step)
      if !(abs(slopes[element] - expected) <= tolerance * max(1, abs(expected))) {
        violations.append("leaf \(index), element \(element): \(slopes[element]), by differences \(expected)")
      }
    }
    leaf.copy(from: Tensor(values, shape: leaf.shape))
  }
  return violations
}

/// Compares the gradients of an operation with central differences in float64.
/// - Parameters:
///   - inputs: The shapes of the operands, which are drawn normal, then changed by `domain`.
///   - domain: Takes the operands to where the operation is smooth.
///   - operation: The operation.
/// - Returns: What is wrong, empty when all is well.
package func checkGradients(
  _ inputs: [[Int]], seed: UInt64 = 1, domain: (Tensor) -> Tensor = { $0 }, of operation: ([Tensor]) -> Tensor
) -> [String] {
  let generator = RandomGenerator(seed: seed)
  let leaves = inputs.map { domain(generator.normal($0, dtype: .float64)).cloned().requiringGradient() }
  return checkGradients(by: leaves, step: 1e-6, tolerance: 1e-6) { operation(leaves) }
}
