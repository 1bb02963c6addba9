#include "Guard.h"

#include <torch/csrc/autograd/edge.h>
#include <torch/csrc/autograd/engine.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>

using namespace ctorch;
using namespace torch::autograd;

namespace {

/// Runs the engine from roots to inputs.
variable_list traverse(
    CTorchEdge *const *roots, CTorchTensor *const *vectors, intptr_t root_count, const std::vector<at::Tensor> &inputs,
    bool retain_graph, bool accumulate) {
  // A traversal computes in the types of the forward pass, also when it runs in the middle of one.
  c10::impl::ExcludeDispatchKeyGuard without_autocast{c10::autocast_dispatch_keyset};
  edge_list starts, ends;
  for (intptr_t i = 0; i < root_count; i++) starts.push_back(*reinterpret_cast<const Edge *>(roots[i]));
  std::vector<size_t> used;
  for (size_t i = 0; i < inputs.size(); i++) {
    if (inputs[i].grad_fn()) {
      ends.emplace_back(inputs[i].grad_fn(), inputs[i].output_nr());
    } else if (auto leaf = impl::try_get_grad_accumulator(inputs[i])) {
      ends.emplace_back(std::move(leaf), 0);
    } else {
      continue;  // Nothing was ever computed from it.
    }
    used.push_back(i);
  }
  variable_list result(inputs.size());
  if (ends.empty()) return result;
  auto found = Engine::get_default_engine().execute(
      starts, list(vectors, root_count), retain_graph, /*create_graph=*/false, accumulate, ends);
  for (size_t i = 0; i < found.size(); i++) result[used[i]] = std::move(found[i]);
  return result;
}

/// Hands the gradient of a leaf over when the traversal has summed all its parts.
struct Delivery final : PostAccumulateGradHook {
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
      impl::set_post_acc_grad_hooks(leaves[i], std::make_unique<Delivery>(receive, context, i));
    }
  }
  ~Deliveries() {
    for (auto &leaf : leaves) impl::set_post_acc_grad_hooks(leaf, nullptr);
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
CTorchEdge *ctorch_edge(const CTorchTensor *x) {
  CTorchEdge *result = nullptr;
  succeeds([&] {
    if (unwrap(x).requires_grad()) result = reinterpret_cast<CTorchEdge *>(new Edge(impl::gradient_edge(unwrap(x))));
  });
  return result;
}
void ctorch_edge_free(CTorchEdge *edge) { delete reinterpret_cast<Edge *>(edge); }
CTorchStatus ctorch_grad(
    CTorchEdge *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchTensor **gradients) {
  return status([&] {
    auto leaves = list(inputs, input_count);
    auto result = traverse(roots, vectors, root_count, leaves, retain_graph, /*accumulate=*/false);
    for (intptr_t i = 0; i < input_count; i++) gradients[i] = wrap(std::move(result[i]));
  });
}
CTorchStatus ctorch_grad_each(
    CTorchEdge *const *roots, CTorchTensor *const *vectors, intptr_t root_count, CTorchTensor *const *inputs,
    intptr_t input_count, bool retain_graph, CTorchReceiver receive, void *context) {
  return status([&] {
    auto leaves = list(inputs, input_count);
    Deliveries deliveries(leaves, receive, context);
    traverse(roots, vectors, root_count, leaves, retain_graph, /*accumulate=*/true);
  });
}
