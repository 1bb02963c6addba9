#include "Counter.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/eye.h>
#include <ATen/ops/full.h>
#include <ATen/ops/randperm.h>

#include <cstring>

using namespace ctorch;

namespace {
thread_local std::string last_error;
}

void ctorch::remember(std::string message) noexcept { last_error = std::move(message); }
const char *ctorch_last_error() { return last_error.c_str(); }

CTorchTensor *ctorch_full(const intptr_t *shape, intptr_t rank, double value, int8_t dtype, CTorchDevice device) {
  return tensor([&] { return at::full(sizes(shape, rank), value, options(dtype, device)); });
}
CTorchTensor *ctorch_empty(const intptr_t *shape, intptr_t rank, int8_t dtype, CTorchDevice device) {
  return tensor([&] { return at::empty(sizes(shape, rank), options(dtype, device)); });
}
CTorchTensor *ctorch_eye(intptr_t size, int8_t dtype, CTorchDevice device) {
  return tensor([&] { return at::eye(size, options(dtype, device)); });
}
CTorchTensor *ctorch_arange(double start, double end, double step, int8_t dtype, CTorchDevice device) {
  return tensor([&] { return at::arange(start, end, step, options(dtype, device)); });
}

CTorchTensor *ctorch_from_bytes(
    const void *bytes, size_t byte_count, const intptr_t *shape, intptr_t rank, int8_t dtype) {
  return tensor([&] {
    auto result = at::empty(sizes(shape, rank), options(dtype, {0, 0}));
    TORCH_CHECK(
        result.nbytes() == byte_count, "a tensor of shape ", result.sizes(), " and type ", result.scalar_type(), " has ",
        result.nbytes(), " bytes, not ", byte_count);
    if (byte_count > 0) std::memcpy(result.data_ptr(), bytes, byte_count);
    return result;
  });
}
CTorchStatus ctorch_to_bytes(const CTorchTensor *x, void *bytes, size_t byte_count) {
  return status([&] {
    auto source = unwrap(x).detach().to(at::kCPU).contiguous();
    TORCH_CHECK(source.nbytes() == byte_count, "the tensor has ", source.nbytes(), " bytes, not ", byte_count);
    if (byte_count > 0) std::memcpy(bytes, source.data_ptr(), byte_count);
  });
}
CTorchTensor *ctorch_to(const CTorchTensor *x, int8_t dtype, CTorchDevice on) {
  return tensor([&] { return unwrap(x).to(device(on), static_cast<at::ScalarType>(dtype)); });
}

void ctorch_tensor_free(CTorchTensor *x) { delete reinterpret_cast<at::Tensor *>(x); }
intptr_t ctorch_rank(const CTorchTensor *x) { return unwrap(x).dim(); }
void ctorch_shape(const CTorchTensor *x, intptr_t *result) {
  auto shape = unwrap(x).sizes();
  std::copy(shape.begin(), shape.end(), result);
}
int8_t ctorch_dtype(const CTorchTensor *x) { return static_cast<int8_t>(unwrap(x).scalar_type()); }
CTorchDevice ctorch_device(const CTorchTensor *x) {
  auto on = unwrap(x).device();
  return {static_cast<int8_t>(on.is_cuda() ? 1 : 0), static_cast<int8_t>(on.has_index() ? on.index() : 0)};
}
bool ctorch_is_contiguous(const CTorchTensor *x) { return unwrap(x).is_contiguous(); }
bool ctorch_is_same(const CTorchTensor *x, const CTorchTensor *y) { return unwrap(x).is_same(unwrap(y)); }

CTorchStatus ctorch_item(const CTorchTensor *x, double *value) {
  return status([&] { *value = unwrap(x).item().toDouble(); });
}
CTorchStatus ctorch_equal(const CTorchTensor *x, const CTorchTensor *y, bool *result) {
  return status([&] {
    *result = unwrap(x).scalar_type() == unwrap(y).scalar_type() && unwrap(x).sizes() == unwrap(y).sizes() &&
              at::equal(unwrap(x), unwrap(y));
  });
}
CTorchStatus ctorch_copy_into(CTorchTensor *x, const CTorchTensor *source) {
  return status([&] {
    c10::NoGradGuard guard;
    unwrap(x).copy_(unwrap(source));
  });
}
CTorchStatus ctorch_zero(CTorchTensor *x) {
  return status([&] {
    c10::NoGradGuard guard;
    unwrap(x).zero_();
  });
}
CTorchStatus ctorch_add_scaled_into(CTorchTensor *x, const CTorchTensor *y, double scale) {
  return status([&] {
    c10::NoGradGuard guard;
    unwrap(x).add_(unwrap(y), scale);
  });
}
CTorchStatus ctorch_add_scaled_rows_into(CTorchTensor *x, const CTorchTensor *indices, const CTorchTensor *rows, double scale) {
  return status([&] {
    c10::NoGradGuard guard;
    unwrap(x).index_add_(0, unwrap(indices), unwrap(rows), scale);
  });
}

// MARK: Random numbers

namespace {

at::Generator &unwrap(CTorchGenerator *generator) { return *reinterpret_cast<at::Generator *>(generator); }

at::Generator make(CTorchDevice on, uint64_t seed) {
  if (on.kind == 0) return at::detail::createCPUGenerator(seed);
  // A generator of a device that this library was not linked with: cloned from that device's default generator.
  auto generator = at::globalContext().defaultGenerator(device(on)).clone();
  generator.set_current_seed(seed);
  return generator;
}

}  // namespace

CTorchGenerator *ctorch_generator_new(CTorchDevice device, uint64_t seed) {
  CTorchGenerator *result = nullptr;
  succeeds([&] { result = reinterpret_cast<CTorchGenerator *>(new at::Generator(make(device, seed))); });
  return result;
}
void ctorch_generator_free(CTorchGenerator *generator) { delete reinterpret_cast<at::Generator *>(generator); }
CTorchTensor *ctorch_generator_state(const CTorchGenerator *generator) {
  return tensor([&] { return reinterpret_cast<const at::Generator *>(generator)->get_state(); });
}
CTorchStatus ctorch_generator_set_state(CTorchGenerator *generator, const CTorchTensor *state) {
  return status([&] { unwrap(generator).set_state(ctorch::unwrap(state)); });
}
CTorchTensor *ctorch_uniform(
    const intptr_t *shape, intptr_t rank, double low, double high, int8_t dtype, CTorchDevice device,
    CTorchGenerator *generator) {
  return tensor([&] {
    return at::empty(sizes(shape, rank), options(dtype, device)).uniform_(low, high, unwrap(generator));
  });
}
CTorchTensor *ctorch_normal(
    const intptr_t *shape, intptr_t rank, double mean, double deviation, int8_t dtype, CTorchDevice device,
    CTorchGenerator *generator) {
  return tensor([&] {
    return at::empty(sizes(shape, rank), options(dtype, device)).normal_(mean, deviation, unwrap(generator));
  });
}
CTorchTensor *ctorch_permutation(intptr_t count, CTorchDevice device, CTorchGenerator *generator) {
  return tensor([&] {
    return at::randperm(count, unwrap(generator), options(static_cast<int8_t>(at::kLong), device));
  });
}
CTorchTensor *ctorch_dropout_mask(const CTorchTensor *x, double probability, CTorchGenerator *generator) {
  return tensor([&] {
    c10::NoGradGuard guard;
    const auto &like = ctorch::unwrap(x);
    auto &source = unwrap(generator);
    if (like.is_cpu() && probability < 1) {
      // Of the generator comes a seed alone: its own numbers come one after the other, several times more slowly.
      std::lock_guard<std::mutex> lock(source.mutex());
      auto seed = at::check_generator<at::CPUGeneratorImpl>(source)->random64();
      return ctorch::dropoutMask(like.sizes(), probability, seed, like.scalar_type());
    }
    auto mask = at::empty_like(like, at::MemoryFormat::Contiguous);
    mask.bernoulli_(1 - probability, source);
    return probability < 1 ? mask.div_(1 - probability) : mask;
  });
}
