#include "Guard.h"

#include <ATen/Context.h>
#include <ATen/DeviceAccelerator.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/ops/ones.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/alignment.h>
#include <c10/core/impl/alloc_cpu.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <dlfcn.h>
#include <torch/version.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>

using namespace ctorch;

namespace {

/// LibTorch's CPU memory with a count of the bytes that are alive. A header before each block holds its size.
class CountingAllocator final : public at::Allocator {
 public:
  at::DataPtr allocate(size_t size) override {
    if (size == 0) return {nullptr, nullptr, &release, at::Device(at::kCPU)};
    auto *block = static_cast<char *>(c10::alloc_cpu(size + header));
    std::memcpy(block, &size, sizeof(size));
    auto now = alive.fetch_add(size) + size;
    auto most = peak.load();
    while (now > most && !peak.compare_exchange_weak(most, now)) {
    }
    return {block + header, block + header, &release, at::Device(at::kCPU)};
  }
  at::DeleterFnPtr raw_deleter() const override { return &release; }
  void copy_data(void *destination, const void *source, size_t count) const override {
    default_copy_data(destination, source, count);
  }

  static std::atomic<uint64_t> alive, peak;

 private:
  static constexpr size_t header = c10::gAlignment;
  static void release(void *data) {
    if (data == nullptr) return;
    auto *block = static_cast<char *>(data) - header;
    size_t size;
    std::memcpy(&size, block, sizeof(size));
    alive -= size;
    c10::free_cpu(block);
  }
};
std::atomic<uint64_t> CountingAllocator::alive{0}, CountingAllocator::peak{0};

/// CUDA's allocator, which keeps no statistics before the first use of the device.
c10::DeviceAllocator &cudaAllocator() {
  at::globalContext().lazyInitDevice(at::kCUDA);
  return *at::getDeviceAllocator(at::kCUDA);
}
c10::CachingDeviceAllocator::DeviceStats statistics(CTorchDevice on) { return cudaAllocator().getDeviceStats(on.index); }
constexpr auto aggregate = static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);

}  // namespace

void ctorch_initialize() {
  static std::once_flag once;
  std::call_once(once, [] {
#ifdef __GLIBC__
    // Keep freed blocks, the large ones too, instead of giving them back to the system, whose fresh pages would be cleared
    // again in each step: a sixth of a step of a Transformer.
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT32_MAX);
#endif
    // Float32 means float32: LibTorch's own choice for CUDA's convolutions is TF32, of 10 bits. The precision set below leaves
    // VGG-16's gradients 2e-4 from the CPU's on an H200; with this variable, which NVIDIA's libraries read, it is 5e-5. What
    // they do otherwise is not known. And the same seed gives the same weights, which some of cuDNN's algorithms do not.
    setenv("NVIDIA_TF32_OVERRIDE", "0", /*overwrite=*/0);
    dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL);
    at::globalContext().setFloat32Precision(
        at::Float32Backend::CUDA, at::Float32Op::CONV, at::Float32Precision::IEEE);
    at::globalContext().setDeterministicCuDNN(true);
    c10::SetCPUAllocator(new CountingAllocator(), /*priority=*/1);
    // MKL sets its vector functions (tanh, exp) up in the first call of a process. Two threads that make it at once race there,
    // and one of them may compute with kernels of low accuracy, a relative error of 5e-5: equal seeds then give other weights.
    // So few elements are computed by one thread.
    at::ones({16}, at::kFloat).tanh();
    at::ones({16}, at::kDouble).tanh();
  });
}
const char *ctorch_version() { return TORCH_VERSION; }
const char *ctorch_cpu_capability() {
  static const std::string capability = at::get_cpu_capability();
  return capability.c_str();
}
bool ctorch_cuda_is_available() { return at::hasCUDA(); }
int32_t ctorch_cuda_device_count() { return at::hasCUDA() ? at::detail::getCUDAHooks().deviceCount() : 0; }
CTorchStatus ctorch_synchronize(CTorchDevice on) {
  return status([&] {
    if (on.kind == 1) c10::impl::getDeviceGuardImpl(at::kCUDA)->synchronizeDevice(on.index);
  });
}
int32_t ctorch_thread_count() { return at::get_num_threads(); }
void ctorch_set_thread_count(int32_t count) { at::set_num_threads(count); }

uint64_t ctorch_allocated_bytes(CTorchDevice on) {
  return on.kind == 1 ? statistics(on).allocated_bytes[aggregate].current : CountingAllocator::alive.load();
}
uint64_t ctorch_peak_bytes(CTorchDevice on) {
  return on.kind == 1 ? statistics(on).allocated_bytes[aggregate].peak : CountingAllocator::peak.load();
}
void ctorch_reset_peak_bytes(CTorchDevice on) {
  if (on.kind == 1) {
    cudaAllocator().resetPeakStats(on.index);
  } else {
    CountingAllocator::peak = CountingAllocator::alive.load();
  }
}
