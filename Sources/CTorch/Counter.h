// Random numbers by their place (Philox4x32-10), for the files that draw with them.
#pragma once

#include "Guard.h"

namespace ctorch {

/// On the CPU, a tensor that has 1 / (1 - probability) or, with this probability, 0 at each place. The same for every number of
/// threads, and on every machine.
at::Tensor dropoutMask(at::IntArrayRef shape, double probability, uint64_t seed, at::ScalarType type);

}  // namespace ctorch
