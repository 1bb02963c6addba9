#include "Guard.h"

#include <c10/util/ParallelGuard.h>

using namespace ctorch;

CTorchTensor *ctorch_linear(const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias) {
  return tensor([&] { return at::linear(unwrap(x), unwrap(weight), optional(bias)); });
}
CTorchTensor *ctorch_leaky_relu(const CTorchTensor *x, double slope) {
  return tensor([&] { return at::leaky_relu(unwrap(x), slope); });
}
CTorchTensor *ctorch_elu(const CTorchTensor *x, double alpha) {
  return tensor([&] { return at::elu(unwrap(x), alpha); });
}
CTorchTensor *ctorch_batch_norm(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, CTorchTensor *running_mean,
    CTorchTensor *running_variance, bool training, double momentum, double epsilon) {
  return tensor([&] {
    return at::batch_norm(
        unwrap(x), optional(weight), optional(bias), optional(running_mean), optional(running_variance), training,
        momentum, epsilon, /*cudnn_enabled=*/true);
  });
}
CTorchTensor *ctorch_layer_norm(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, const intptr_t *shape, intptr_t rank,
    double epsilon) {
  return tensor(
      [&] { return at::layer_norm(unwrap(x), sizes(shape, rank), optional(weight), optional(bias), epsilon); });
}
CTorchTensor *ctorch_conv2d(
    const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias, intptr_t stride, intptr_t padding) {
  return tensor([&] { return at::conv2d(unwrap(x), unwrap(weight), optional(bias), stride, padding); });
}
CTorchTensor *ctorch_max_pool2d(const CTorchTensor *x, intptr_t size, intptr_t stride, intptr_t padding) {
  return tensor([&] { return at::max_pool2d(unwrap(x), size, stride, padding); });
}
CTorchTensor *ctorch_adaptive_avg_pool2d(const CTorchTensor *x, intptr_t height, intptr_t width) {
  return tensor([&] { return at::adaptive_avg_pool2d(unwrap(x), {height, width}); });
}
CTorchTensor *ctorch_resize_bilinear(const CTorchTensor *x, intptr_t height, intptr_t width) {
  return tensor([&] {
    c10::ParallelGuard alone(true);
    return at::_upsample_bilinear2d_aa(unwrap(x), {height, width}, /*align_corners=*/false);
  });
}
CTorchTensor *ctorch_embedding(const CTorchTensor *weight, const CTorchTensor *indices) {
  return tensor([&] { return at::embedding(unwrap(weight), unwrap(indices)); });
}
CTorchTensor *ctorch_attention(
    const CTorchTensor *query, const CTorchTensor *key, const CTorchTensor *value, bool is_causal) {
  return tensor([&] {
    return at::scaled_dot_product_attention(
        unwrap(query), unwrap(key), unwrap(value), /*attn_mask=*/{}, /*dropout_p=*/0, is_causal);
  });
}
CTorchTensor *ctorch_cross_entropy(const CTorchTensor *logits, const CTorchTensor *targets) {
  return tensor([&] { return at::cross_entropy_loss(unwrap(logits), unwrap(targets)); });
}
CTorchTensor *ctorch_mse(const CTorchTensor *x, const CTorchTensor *y) {
  return tensor([&] { return at::mse_loss(unwrap(x), unwrap(y)); });
}
CTorchTensor *ctorch_binary_cross_entropy_with_logits(const CTorchTensor *logits, const CTorchTensor *targets) {
  return tensor([&] { return at::binary_cross_entropy_with_logits(unwrap(logits), unwrap(targets)); });
}
