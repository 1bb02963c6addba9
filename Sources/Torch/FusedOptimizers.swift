import CTorch

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
}
