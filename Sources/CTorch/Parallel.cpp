#include "CTorch.h"
#include "Parallel.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <set>
#include <thread>

using namespace ctorch;

namespace {

/// What a compiler makes of OpenMP's `parallel`, in the library of threads that LibTorch has brought.
struct OpenMP {
  void (*parallel)(void (*)(void *), void *, unsigned, unsigned) = symbol<decltype(parallel)>("GOMP_parallel");
  int (*threadNumber)() = symbol<decltype(threadNumber)>("omp_get_thread_num");
  int (*threadCount)() = symbol<decltype(threadCount)>("omp_get_num_threads");

  bool isThere() const { return parallel && threadNumber && threadCount; }

  static const OpenMP &shared() {
    static const OpenMP openMP;
    return openMP;
  }

 private:
  template <typename Function>
  static Function symbol(const char *name) {
    return reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
  }
};

struct Work {
  int64_t count, parts;
  void (*body)(void *, int64_t, int64_t);
  void *data;
  std::atomic<bool> hasFailed{false};
  std::exception_ptr failure;

  /// The parts of one thread; there may be fewer threads than were asked for.
  void run(int64_t thread, int64_t threads) noexcept {
    const int64_t size = (count + parts - 1) / parts;
    for (int64_t part = thread; part < parts; part += threads) {
      try {
        const int64_t begin = part * size, end = std::min(count, begin + size);
        if (begin < end) body(data, begin, end);
      } catch (...) {
        if (!hasFailed.exchange(true)) failure = std::current_exception();
      }
    }
  }
};

}  // namespace

void ctorch::inParallel(int64_t count, int64_t grain, void (*body)(void *, int64_t, int64_t), void *data) {
  if (count <= 0) return;
  const int64_t worth = (count + grain - 1) / grain;
  Work work{count, std::min<int64_t>(at::get_num_threads(), worth), body, data};
  if (work.parts < 2 || at::in_parallel_region() || !OpenMP::shared().isThere()) {
    body(data, 0, count);
    return;
  }
  OpenMP::shared().parallel(
      [](void *data) {
        const OpenMP &openMP = OpenMP::shared();
        static_cast<Work *>(data)->run(openMP.threadNumber(), openMP.threadCount());
      },
      &work, unsigned(work.parts), 0);
  if (work.failure) std::rethrow_exception(work.failure);
}

int32_t ctorch_kernel_thread_count() {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  parallelFor(at::get_num_threads(), 1, [&](int64_t, int64_t) {
    std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
  });
  return int32_t(threads.size());
}
