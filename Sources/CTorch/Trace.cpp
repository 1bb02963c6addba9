#include "Guard.h"

#include <ATen/SparseCsrTensorImpl.h>
#include <ATen/record_function.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <algorithm>
#include <chrono>
#include <mutex>

using namespace ctorch;

namespace {

using Inputs = c10::ArrayRef<const c10::IValue>;

struct Event {
  std::string name;
  int8_t kind;
  int64_t start, end, parent;
  int64_t multiply_accumulates = -1;  // of a matrix product
  std::vector<std::vector<int64_t>> shapes;
  std::vector<CTorchOperand> operands;
};

int64_t nanoseconds() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

uintptr_t address(const at::Tensor &x) {
  return x.has_storage() ? reinterpret_cast<uintptr_t>(x.storage().data()) : 0;
}

/// The elements that a product reads of a matrix: those stored, when it is sparse. `_nnz()` would be an operation, to be
/// recorded itself.
int64_t stored(const at::Tensor &x) {
  return x.layout() == at::kSparseCsr ? static_cast<at::SparseCsrTensorImpl *>(x.unsafeGetTensorImpl())->nnz() : x.numel();
}

/// How many multiply-accumulates a convolution makes for each element of its small side.
int64_t per_element(const at::Tensor &weight) { return weight.numel() / weight.size(0); }

int64_t convolution(const at::Tensor &x, const at::Tensor &weight, Inputs inputs) {
  if (inputs[6].toBool()) return x.numel() * per_element(weight);  // transposed
  // A list of one number stands for all dimensions.
  auto setting = [&](size_t input, size_t i) {
    auto list = inputs[input].toIntVector();
    return list[std::min(i, list.size() - 1)];
  };
  int64_t count = x.size(0) * weight.size(0);
  for (int64_t i = 0; i < x.dim() - 2; i++) {
    auto reach = setting(/*dilation*/ 5, i) * (weight.size(i + 2) - 1) + 1;
    count *= (x.size(i + 2) + 2 * setting(/*padding*/ 4, i) - reach) / setting(/*stride*/ 3, i) + 1;
  }
  return count * per_element(weight);
}

/// The multiply-accumulates of an operation that multiplies matrices itself, and where its factors are among the inputs;
/// -1 for any other operation.
int64_t product(const std::string &name, Inputs inputs, std::vector<size_t> &factors) {
  auto at = [&](size_t i) -> const at::Tensor & { return inputs[i].toTensor(); };
  static const std::string attention = "aten::_scaled_dot_product_";
  if (name == "aten::mm" || name == "aten::bmm" || name == "aten::mv" || name == "aten::dot") {
    factors = {0, 1};
  } else if (name == "aten::addmm" || name == "aten::baddbmm" || name == "aten::addmv") {
    factors = {1, 2};
  } else if (name == "aten::convolution" || name == "aten::mkldnn_linear") {
    factors = {0, 1};
    return name == "aten::convolution" ? convolution(at(0), at(1), inputs) : at(0).numel() * at(1).size(0);
  } else if (name == "aten::convolution_backward") {
    auto wanted = inputs[10].toBoolList();
    factors = {0};
    if (wanted[1]) factors.push_back(1);
    if (wanted[0]) factors.push_back(2);
    return (wanted[0] + wanted[1]) * at(0).numel() * per_element(at(2));
  } else if (name.starts_with(attention) && !name.starts_with(attention + "attention_math")) {
    // Forward QK' and PV; backward QK' again, dP = dO V', dV, dQ and dK. A causal mask takes nothing off.
    bool backward = name.ends_with("_backward");
    size_t first = backward ? 1 : 0;
    factors = {first, first + 1, first + 2};
    const auto &q = at(first), &v = at(first + 2);
    auto pairs = q.numel() / q.size(-1) * at(first + 1).size(-2);
    return pairs * (backward ? 3 * q.size(-1) + 2 * v.size(-1) : q.size(-1) + v.size(-1));
  } else {
    return -1;
  }
  const auto &x = at(factors[0]), &y = at(factors[1]);
  if (y.dim() == 1) return stored(x);
  return x.layout() != at::kSparseCsr && y.layout() == at::kSparseCsr ? stored(y) * x.size(-2) : stored(x) * y.size(-1);
}

}  // namespace

/// What one trace records. Autograd's own threads record while the caller waits for them, so that one stack of open
/// events serves all.
struct CTorchTrace {
  std::mutex mutex;
  std::vector<Event> events;
  std::vector<int64_t> open;
  CTorchDevice device;
  at::CallbackHandle callback;
};

namespace {

std::mutex recording;  // one trace at a time
thread_local bool is_recording = false;
CTorchTrace *current = nullptr;

struct Place final : at::ObserverContext {
  explicit Place(int64_t index) : index(index) {}
  int64_t index;
};

void wait(CTorchDevice on) {
  if (on.kind == 1) c10::impl::getDeviceGuardImpl(at::kCUDA)->synchronizeDevice(on.index);
}

std::unique_ptr<at::ObserverContext> began(const at::RecordFunction &function) {
  std::lock_guard lock(current->mutex);
  Event event{function.name()};
  auto scope = function.scope();
  event.kind = scope == at::RecordScope::FUNCTION ? 0 : scope == at::RecordScope::BACKWARD_FUNCTION ? 1 : 2;
  event.parent = current->open.empty() ? -1 : current->open.back();
  // A product inside a product, such as a convolution's, is already counted.
  bool inside = false;
  for (auto i : current->open) inside = inside || current->events[i].multiply_accumulates >= 0;
  if (event.kind == 0 && !inside) {
    std::vector<size_t> factors;
    event.multiply_accumulates = product(event.name, function.inputs(), factors);
    for (auto i : factors) {
      const auto &factor = function.inputs()[i].toTensor();
      event.shapes.push_back(factor.sizes().vec());
      event.operands.push_back({nullptr, factor.dim(), address(factor)});
    }
  }
  int64_t index = current->events.size();
  current->open.push_back(index);
  current->events.push_back(std::move(event));
  current->events.back().start = nanoseconds();
  return std::make_unique<Place>(index);
}

void ended(const at::RecordFunction &, at::ObserverContext *context) {
  if (context == nullptr || current == nullptr) return;
  wait(current->device);
  auto now = nanoseconds();
  std::lock_guard lock(current->mutex);
  auto index = static_cast<Place *>(context)->index;
  current->events[index].end = now;
  std::erase(current->open, index);
}

}  // namespace

CTorchStatus ctorch_trace_begin(CTorchDevice device) {
  return status([&] {
    TORCH_CHECK(!is_recording, "a trace is already being recorded");
    recording.lock();
    is_recording = true;
    current = new CTorchTrace{{}, {}, {}, device, 0};
    current->callback = at::addThreadLocalCallback(
        at::RecordFunctionCallback(&began, &ended)
            .needsInputs(true)
            .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION, at::RecordScope::USER_SCOPE}));
  });
}
CTorchTrace *ctorch_trace_end() {
  auto trace = current;
  at::removeCallback(trace->callback);
  current = nullptr;
  is_recording = false;
  recording.unlock();
  for (auto &event : trace->events) {
    for (size_t i = 0; i < event.operands.size(); i++) event.operands[i].sizes = event.shapes[i].data();
  }
  return trace;
}
void ctorch_trace_free(CTorchTrace *trace) { delete trace; }
intptr_t ctorch_trace_count(const CTorchTrace *trace) { return trace->events.size(); }
CTorchEvent ctorch_trace_event(const CTorchTrace *trace, intptr_t index) {
  const auto &event = trace->events[index];
  return {
      event.name.c_str(), event.kind,           event.start, event.end,
      event.parent,       event.multiply_accumulates, event.operands.data(), static_cast<intptr_t>(event.operands.size())};
}
uintptr_t ctorch_storage_address(const CTorchTensor *x) { return address(unwrap(x)); }

CTorchRegion *ctorch_region_begin(const char *name) {
  auto callbacks = at::getStepCallbacksUnlessEmpty(at::RecordScope::USER_SCOPE);
  if (!callbacks) return nullptr;
  auto region = new at::RecordFunction(std::move(*callbacks));
  region->before(std::string_view(name));
  return reinterpret_cast<CTorchRegion *>(region);
}
void ctorch_region_end(CTorchRegion *region) { delete reinterpret_cast<at::RecordFunction *>(region); }
