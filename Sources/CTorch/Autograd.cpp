#include "Guard.h"

#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

using namespace ctorch;

namespace {

/// A traversal computes in the types of the forward pass, also when it runs in the middle of one.
struct WithoutAutocast {
  c10::impl::ExcludeDispatchKeyGuard guard{c10::autocast_dispatch_keyset};
};

/// Hands the gradient of a leaf over when the traversal has summed all its parts.
struct Delivery final : torch::autograd::PostAccumulateGradHook {
  Delivery(CTorchReceiver receive, void *context, intptr_t index) : receive(receive), context(context), index(index) {}
  void operator()(const at::Tensor &leaf) override {
    auto gradient = std::move(leaf.mutable_grad());
    leaf.mutable_grad() = at::Tensor();
    receive(context, index, wrap(std::move(gradient)));
  }
  CTorchReceiver receive;
  void *context;
  intptr_t index;
};

/// Sets the hooks of leaves, and takes them away again whatever happens.
class Deliveries {
 public:
  Deliveries(const std::vector<at::Tensor> &leaves, CTorchReceiver receive, void *context) : leaves(leaves) {
    for (size_t i = 0; i < leaves.size(); i++) {
      torch::autograd::impl::set_post_acc_grad_hooks(leaves[i], std::make_unique<Delivery>(receive, context, i));
    }
  }
  ~Deliveries() {
    for (auto &leaf : leaves) torch::autograd::impl::set_post_acc_grad_hooks(leaf, nullptr);
  }

 private:
  const std::vector<at::Tensor> &leaves;
};

}  // namespace

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
    WithoutAutocast guard;
    auto result = torch::autograd::grad(
        list(roots, root_count), list(inputs, input_count), list(vectors, root_count), retain_graph,
        /*create_graph=*/false, /*allow_unused=*/true);
    for (intptr_t i = 0; i < input_count; i++) gradients[i] = wrap(std::move(result[i]));
  });
}
CTorchStatus ctorch_grad_each(
    CTorchTensor *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchReceiver receive, void *context) {
  return status([&] {
    WithoutAutocast guard;
    auto leaves = list(inputs, input_count);
    Deliveries deliveries(leaves, receive, context);
    torch::autograd::backward(
        list(roots, root_count), list(vectors, root_count), retain_graph, /*create_graph=*/false, leaves);
  });
}
bool ctorch_set_autocast(CTorchDevice on, bool enabled, int8_t dtype) {
  auto type = device(on).type();
  bool before = at::autocast::is_autocast_enabled(type);
  at::autocast::set_autocast_cache_enabled(false);
  if (enabled) at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
  at::autocast::set_autocast_enabled(type, enabled);
  return before;
}
