import CTorch
import Foundation

/// LibTorch's fused multi-tensor optimizer kernels: one call updates every parameter, in place.
package enum FusedOptimizers {
  /// Stochastic gradient descent: `m ← μ m + g + λ p; p ← p - η m` (Nesterov: `p ← p - η (g + λ p + μ m)`).
  package static func sgd(
    parameters: [Tensor], gradients: [Tensor], momenta: [Tensor], rate: Double, momentum: Double,
    weightDecay: Double, nesterov: Bool
  ) {
    let status = withHandles(parameters) { parameters in
      withHandles(gradients) { gradients in
        withHandles(momenta) { momenta in
          ctorch_fused_sgd(
            parameters, gradients, momenta, parameters.count, rate, momentum, weightDecay, nesterov)
        }
      }
    }
    if !status { fail("sgd", operands: parameters + gradients, LibTorch.lastError) }
  }

  /// Adam (Kingma and Ba 2015) with bias correction; `decoupled` subtracts the weight decay from the
  /// parameter itself (AdamW). Adds one to `steps`, a scalar for each parameter.
  package static func adam(
    parameters: [Tensor], gradients: [Tensor], firstMoments: [Tensor], secondMoments: [Tensor],
    steps: [Tensor], rate: Double, beta1: Double, beta2: Double, weightDecay: Double, epsilon: Double,
    decoupled: Bool
  ) {
    let status = withHandles(parameters) { parameters in
      withHandles(gradients) { gradients in
        withHandles(firstMoments) { firstMoments in
          withHandles(secondMoments) { secondMoments in
            withHandles(steps) { steps in
              ctorch_fused_adam(
                parameters, gradients, firstMoments, secondMoments, steps, parameters.count, rate, beta1,
                beta2, weightDecay, epsilon, decoupled)
            }
          }
        }
      }
    }
    if !status { fail("adam", operands: parameters + gradients, LibTorch.lastError) }
  }

  /// What Adam does to rows.
  package struct RowMoments: Sendable {
    let beta1, beta2, epsilon, weightDecay: Double
    let decoupled: Bool

    /// The settings of Adam.
    package init(beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double, decoupled: Bool) {
      (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
      (self.weightDecay, self.decoupled) = (weightDecay, decoupled)
    }

    /// What the step of a number, from 1, multiplies by.
    package func step(_ number: Int, rate: Double) -> RowStep {
      RowStep(
        step: CTorchAdamStep(
          size: Float(rate / (1 - pow(beta1, Double(number)))),
          root: Float(1 / (1 - pow(beta2, Double(number))).squareRoot()),
          shrink: Float(decoupled ? rate * weightDecay : 0)))
    }
  }

  /// What a step multiplies by.
  package struct RowStep: Sendable { let step: CTorchAdamStep }

  /// Adam for rows of a table on the CPU: each makes the steps that it has not made, along its weight decay alone, and the last
  /// of them along its gradient too where there is one.
  /// - Parameters:
  ///   - table: The parameter. **Shape** `[V, ...]`
  ///   - moments: The two moments, of its shape.
  ///   - rowSteps: How many steps each row has made. **Shape** `[V]`, `int64`
  ///   - rows: Which rows; all when nil.
  ///   - gradient: Their gradients.
  ///   - steps: The steps from `firstStep + 1` on.
  ///   - firstStep: A number of steps that every row has made.
  ///   - settings: Decays and ε.
  package static func adamRows(
    _ table: Tensor, moments: (Tensor, Tensor), rowSteps: Tensor, rows: Tensor?, gradient: Tensor?,
    steps: [RowStep],
    firstStep: Int, _ settings: RowMoments
  ) {
    let status = steps.withUnsafeBufferPointer { steps in
      steps.withMemoryRebound(to: CTorchAdamStep.self) { bare in
        withExtendedLifetime((rows, gradient)) {
          ctorch_adam_rows(
            table.handle, moments.0.handle, moments.1.handle, rowSteps.handle, rows?.handle, gradient?.handle,
            bare.baseAddress, firstStep, firstStep + bare.count, settings.beta1, settings.beta2,
            settings.weightDecay, settings.epsilon, settings.decoupled)
        }
      }
    }
    if !status { fail("adam of rows", operands: [table] + [gradient].compactMap(\.self), LibTorch.lastError) }
  }
}
