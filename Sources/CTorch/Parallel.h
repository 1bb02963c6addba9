// Our own kernels on LibTorch's threads.
#pragma once

#include <cstdint>

namespace ctorch {

/// Calls `body` with the parts of a whole, of which the first begins at 0 and the last ends at `count`, each on one of LibTorch's
/// threads. What a part throws is thrown when all are done.
void inParallel(int64_t count, int64_t grain, void (*body)(void *, int64_t, int64_t), void *data);

/// As at::parallel_for, which runs on one thread here: it is made of OpenMP's directives, and those are compiled by Clang for
/// another library of threads than the one that comes with LibTorch.
/// - Parameters:
///   - count: How many things there are to do.
///   - grain: How many of them are worth a thread.
///   - body: Does those from the first number on that are before the second; of several parts at once.
template <typename Body>
void parallelFor(int64_t count, int64_t grain, Body &&body) {
  inParallel(
      count, grain, [](void *data, int64_t begin, int64_t end) { (*static_cast<Body *>(data))(begin, end); },
      const_cast<void *>(static_cast<const void *>(&body)));
}

}  // namespace ctorch
