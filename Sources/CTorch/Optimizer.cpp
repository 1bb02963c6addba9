#include "Guard.h"

using namespace ctorch;

namespace {

/// Gradients that lie in memory as their parameters do. The CPU's fused kernels read a gradient's memory in the order of the
/// parameter's elements, whatever its strides: a transposed view would be misread and an expanded one overrun. CUDA's refuse
/// other strides, those of dimensions of size 1 too.
std::vector<at::Tensor> alike(
    CTorchTensor *const *gradients, CTorchTensor *const *parameters, intptr_t count) {
  auto result = list(gradients, count);
  for (intptr_t i = 0; i < count; i++) {
    const auto &parameter = unwrap(parameters[i]);
    if (result[i].strides() != parameter.strides()) {
      result[i] = at::empty_like(parameter, result[i].options()).copy_(result[i]);
    }
  }
  return result;
}

}  // namespace

CTorchStatus ctorch_fused_sgd(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *momenta, intptr_t count,
    double rate, double momentum, double weight_decay, bool nesterov) {
  return status([&] {
    c10::NoGradGuard guard;
    auto buffers = momentum == 0 ? std::vector<at::Tensor>() : list(momenta, count);
    at::_fused_sgd_(
        list(parameters, count), alike(gradients, parameters, count), buffers, weight_decay, momentum, rate, /*dampening=*/0,
        nesterov, /*maximize=*/false, /*is_first_step=*/false);
  });
}
CTorchStatus ctorch_fused_adam(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *first_moments,
    CTorchTensor *const *second_moments, CTorchTensor *const *steps, intptr_t count, double rate, double beta1,
    double beta2, double weight_decay, double epsilon, bool decoupled) {
  return status([&] {
    c10::NoGradGuard guard;
    at::_foreach_add_(list(steps, count), 1);
    auto update = [&](auto kernel) {
      kernel(
          list(parameters, count), alike(gradients, parameters, count), list(first_moments, count), list(second_moments, count),
          std::vector<at::Tensor>(), list(steps, count));
    };
    if (decoupled) {
      update([&](auto p, auto g, auto m, auto v, auto maximum, auto step) {
        at::_fused_adamw_(p, g, m, v, maximum, step, rate, beta1, beta2, weight_decay, epsilon, false, false);
      });
    } else {
      update([&](auto p, auto g, auto m, auto v, auto maximum, auto step) {
        at::_fused_adam_(p, g, m, v, maximum, step, rate, beta1, beta2, weight_decay, epsilon, false, false);
      });
    }
  });
}
