#include "Guard.h"

using namespace ctorch;

// Operations that are methods of at::Tensor, by signature.
#define DEFINE(name) \
  CTorchTensor *ctorch_##name(const CTorchTensor *x) { return tensor([&] { return unwrap(x).name(); }); }
CTORCH_UNARY(DEFINE)
#undef DEFINE

#define DEFINE(name)                                                      \
  CTorchTensor *ctorch_##name(const CTorchTensor *x, const CTorchTensor *y) { \
    return tensor([&] { return at::name(unwrap(x), unwrap(y)); });        \
  }
CTORCH_BINARY(DEFINE)
#undef DEFINE

#define DEFINE(name)                                                            \
  CTorchTensor *ctorch_##name##_scalar(const CTorchTensor *x, double value) {   \
    return tensor([&] { return at::name(unwrap(x), at::Scalar(value)); });      \
  }
CTORCH_SCALAR(DEFINE)
#undef DEFINE

#define DEFINE(name)                                                              \
  CTorchTensor *ctorch_##name##_dim(const CTorchTensor *x, intptr_t dimension) {  \
    return tensor([&] { return at::name(unwrap(x), dimension); });                \
  }
CTORCH_DIMENSION(DEFINE)
#undef DEFINE

namespace {
// The Euclidean norm over a dimension, under the signature of the other reductions.
at::Tensor norm(const at::Tensor &x, int64_t dimension, bool keep) { return at::norm(x, 2, dimension, keep); }
}  // namespace

#define DEFINE(name)                                                                          \
  CTorchTensor *ctorch_##name##_over(const CTorchTensor *x, intptr_t dimension, bool keep) {  \
    return tensor([&] { return name(unwrap(x), dimension, keep); });                          \
  }
CTORCH_REDUCTION(DEFINE)
#undef DEFINE
