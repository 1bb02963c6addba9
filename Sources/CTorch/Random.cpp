#include "Guard.h"

#include <ATen/CPUGeneratorImpl.h>

#include <mutex>

using namespace ctorch;

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
    auto mask = at::empty_like(ctorch::unwrap(x), at::MemoryFormat::Contiguous);
    mask.bernoulli_(1 - probability, unwrap(generator));
    return probability < 1 ? mask.div_(1 - probability) : mask;
  });
}
