#include "Guard.h"

using namespace ctorch;

CTorchTensor *ctorch_reshape(const CTorchTensor *x, const intptr_t *shape, intptr_t rank) {
  return tensor([&] { return unwrap(x).reshape(sizes(shape, rank)); });
}
CTorchTensor *ctorch_expand(const CTorchTensor *x, const intptr_t *shape, intptr_t rank) {
  return tensor([&] { return unwrap(x).expand(sizes(shape, rank)); });
}
CTorchTensor *ctorch_permute(const CTorchTensor *x, const intptr_t *order, intptr_t rank) {
  return tensor([&] { return unwrap(x).permute(sizes(order, rank)); });
}
CTorchTensor *ctorch_transpose(const CTorchTensor *x, intptr_t first, intptr_t second) {
  return tensor([&] { return unwrap(x).transpose(first, second); });
}
CTorchTensor *ctorch_narrow(const CTorchTensor *x, intptr_t dimension, intptr_t start, intptr_t length) {
  return tensor([&] { return unwrap(x).narrow(dimension, start, length); });
}
CTorchTensor *ctorch_select(const CTorchTensor *x, intptr_t dimension, intptr_t index) {
  return tensor([&] { return unwrap(x).select(dimension, index); });
}
CTorchTensor *ctorch_index_select(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices) {
  return tensor([&] { return unwrap(x).index_select(dimension, unwrap(indices)); });
}
CTorchTensor *ctorch_gather(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices) {
  return tensor([&] { return unwrap(x).gather(dimension, unwrap(indices)); });
}
CTorchTensor *ctorch_index_add(
    const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices, const CTorchTensor *source) {
  return tensor([&] { return unwrap(x).index_add(dimension, unwrap(indices), unwrap(source)); });
}
CTorchTensor *ctorch_cat(CTorchTensor *const *tensors, intptr_t count, intptr_t dimension) {
  return tensor([&] { return at::cat(list(tensors, count), dimension); });
}
CTorchTensor *ctorch_stack(CTorchTensor *const *tensors, intptr_t count, intptr_t dimension) {
  return tensor([&] { return at::stack(list(tensors, count), dimension); });
}
CTorchTensor *ctorch_where(const CTorchTensor *condition, const CTorchTensor *x, const CTorchTensor *y) {
  return tensor([&] { return at::where(unwrap(condition), unwrap(x), unwrap(y)); });
}
CTorchTensor *ctorch_argsort(const CTorchTensor *x, intptr_t dimension, bool descending) {
  return tensor([&] { return unwrap(x).argsort(/*stable=*/true, dimension, descending); });
}
CTorchTensor *ctorch_one_hot(const CTorchTensor *x, intptr_t classes) {
  return tensor([&] { return at::one_hot(unwrap(x), classes); });
}
CTorchTensor *ctorch_segment_max(const CTorchTensor *x, const CTorchTensor *starts) {
  return tensor([&] {
    c10::NoGradGuard guard;
    return at::segment_reduce(
        unwrap(x).detach(), "max", /*lengths=*/{}, /*indices=*/{}, unwrap(starts), /*axis=*/0, /*unsafe=*/true);
  });
}
