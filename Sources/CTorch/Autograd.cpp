#include "Guard.h"

#include <torch/csrc/autograd/autograd.h>

using namespace ctorch;

bool ctorch_requires_grad(const CTorchTensor *x) { return unwrap(x).requires_grad(); }
CTorchStatus ctorch_set_requires_grad(CTorchTensor *x, bool value) {
  return status([&] { unwrap(x).set_requires_grad(value); });
}
bool ctorch_set_grad_enabled(bool enabled) {
  bool before = at::GradMode::is_enabled();
  at::GradMode::set_enabled(enabled);
  return before;
}
CTorchStatus ctorch_grad(
    CTorchTensor *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchTensor **gradients) {
  return status([&] {
    auto result = torch::autograd::grad(
        list(roots, root_count), list(inputs, input_count), list(vectors, root_count), retain_graph,
        /*create_graph=*/false, /*allow_unused=*/true);
    for (intptr_t i = 0; i < input_count; i++) gradients[i] = wrap(std::move(result[i]));
  });
}
