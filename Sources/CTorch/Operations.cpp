#include "Guard.h"

// Of all operators: the lists in CTorch.h may name any.
#include <ATen/Functions.h>
#include <ATen/WrapDimUtils.h>
#include <ATen/autocast_mode.h>
#include <c10/util/ParallelGuard.h>

using namespace ctorch;

// MARK: Arithmetic

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

// MARK: Shape and selection

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

namespace {
/// Where equal indices may meet, CUDA adds for `index_select`'s derivative and `index_add` in an order that changes from run to
/// run; for those of `index` and `index_put` it sorts the indices first. These take indices of this form.
c10::List<std::optional<at::Tensor>> places(const at::Tensor &x, int64_t dimension, const at::Tensor &indices) {
  c10::List<std::optional<at::Tensor>> result;
  for (auto i = at::maybe_wrap_dim(dimension, x.dim()); i > 0; i--) result.push_back(std::nullopt);
  result.push_back(indices.to(at::kLong));
  return result;
}
}  // namespace

CTorchTensor *ctorch_index_select(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices) {
  return tensor([&] {
    const auto &from = unwrap(x), &wanted = unwrap(indices);
    return from.is_cuda() && from.requires_grad() && at::GradMode::is_enabled()
               ? from.index(places(from, dimension, wanted))
               : from.index_select(dimension, wanted);
  });
}
CTorchTensor *ctorch_gather(const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices) {
  return tensor([&] { return unwrap(x).gather(dimension, unwrap(indices)); });
}
CTorchTensor *ctorch_index_add(
    const CTorchTensor *x, intptr_t dimension, const CTorchTensor *indices, const CTorchTensor *source) {
  return tensor([&] {
    const auto &to = unwrap(x), &entries = unwrap(source);
    return to.is_cuda() ? to.index_put(places(to, dimension, unwrap(indices)), entries, /*accumulate=*/true)
                        : to.index_add(dimension, unwrap(indices), entries);
  });
}
CTorchTensor *ctorch_index_max(const CTorchTensor *x, const CTorchTensor *indices, const CTorchTensor *source) {
  return tensor([&] {
    c10::NoGradGuard guard;
    return unwrap(x).scatter_reduce(0, unwrap(indices), unwrap(source), "amax");
  });
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
CTorchTensor *ctorch_sort(const CTorchTensor *x) {
  return tensor([&] { return std::get<0>(unwrap(x).sort(-1)); });
}
CTorchTensor *ctorch_search_sorted(const CTorchTensor *sorted, const CTorchTensor *values) {
  return tensor([&] {
    return at::searchsorted(
        unwrap(sorted).contiguous(), unwrap(values).contiguous(), /*out_int32=*/false, /*right=*/true);
  });
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

// MARK: Neural-network functions

CTorchTensor *ctorch_linear(const CTorchTensor *x, const CTorchTensor *weight, const CTorchTensor *bias) {
  return tensor([&] { return at::linear(unwrap(x), unwrap(weight), optional(bias)); });
}
CTorchTensor *ctorch_leaky_relu(const CTorchTensor *x, double slope) {
  return tensor([&] { return at::leaky_relu(unwrap(x), slope); });
}
CTorchTensor *ctorch_elu(const CTorchTensor *x, double alpha) {
  return tensor([&] { return at::elu(unwrap(x), alpha); });
}
CTorchTensor *ctorch_gelu(const CTorchTensor *x) {
  return tensor([&] { return at::gelu(unwrap(x)); });
}
CTorchTensor *ctorch_relu_in_place(CTorchTensor *x) {
  return tensor([&] { return unwrap(x).relu_(); });
}
CTorchTensor *ctorch_softplus(const CTorchTensor *x) {
  return tensor([&] { return at::softplus(unwrap(x)); });
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
CTorchTensor *ctorch_embedding(const CTorchTensor *weight, const CTorchTensor *indices, bool is_sparse) {
  return tensor([&] {
    return at::embedding(unwrap(weight), unwrap(indices), /*padding_idx=*/-1, /*scale_grad_by_freq=*/false, is_sparse);
  });
}
CTorchTensor *ctorch_attention(
    const CTorchTensor *query, const CTorchTensor *key, const CTorchTensor *value, bool is_causal) {
  return tensor([&] {
    return at::scaled_dot_product_attention(
        unwrap(query), unwrap(key), unwrap(value), /*attn_mask=*/{}, /*dropout_p=*/0, is_causal);
  });
}
CTorchTensor *ctorch_mse(const CTorchTensor *x, const CTorchTensor *y) {
  return tensor([&] { return at::mse_loss(unwrap(x), unwrap(y)); });
}
CTorchTensor *ctorch_smooth_l1(const CTorchTensor *x, const CTorchTensor *y) {
  return tensor([&] { return at::smooth_l1_loss(unwrap(x), unwrap(y)); });
}
CTorchTensor *ctorch_binary_cross_entropy_with_logits(const CTorchTensor *logits, const CTorchTensor *targets) {
  return tensor([&] { return at::binary_cross_entropy_with_logits(unwrap(logits), unwrap(targets)); });
}

// MARK: Optimizers

namespace {

/// Gradients that lie in memory as their parameters do. The CPU's fused kernels read a gradient's memory in the order of the
/// parameter's elements, whatever its strides: a transposed view would be misread and an expanded one overrun. CUDA's refuse
/// other strides, those of dimensions of size 1 too.
std::vector<at::Tensor> alike(
    CTorchTensor *const *gradients, CTorchTensor *const *parameters, intptr_t count) {
  auto result = list(gradients, count);
  for (intptr_t i = 0; i < count; i++) {
    const auto &parameter = unwrap(parameters[i]);
    if (result[i].strides() != parameter.strides()) {
      result[i] = at::empty_like(parameter, result[i].options()).copy_(result[i]);
    }
  }
  return result;
}

}  // namespace

CTorchStatus ctorch_fused_sgd(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *momenta, intptr_t count,
    double rate, double momentum, double weight_decay, bool nesterov) {
  return status([&] {
    c10::NoGradGuard guard;
    auto buffers = momentum == 0 ? std::vector<at::Tensor>() : list(momenta, count);
    at::_fused_sgd_(
        list(parameters, count), alike(gradients, parameters, count), buffers, weight_decay, momentum, rate, /*dampening=*/0,
        nesterov, /*maximize=*/false, /*is_first_step=*/false);
  });
}
CTorchStatus ctorch_fused_adam(
    CTorchTensor *const *parameters, CTorchTensor *const *gradients, CTorchTensor *const *first_moments,
    CTorchTensor *const *second_moments, CTorchTensor *const *steps, intptr_t count, double rate, double beta1,
    double beta2, double weight_decay, double epsilon, bool decoupled) {
  return status([&] {
    c10::NoGradGuard guard;
    at::_foreach_add_(list(steps, count), 1);
    auto update = [&](auto kernel) {
      kernel(
          list(parameters, count), alike(gradients, parameters, count), list(first_moments, count), list(second_moments, count),
          std::vector<at::Tensor>(), list(steps, count));
    };
    if (decoupled) {
      update([&](auto p, auto g, auto m, auto v, auto maximum, auto step) {
        at::_fused_adamw_(p, g, m, v, maximum, step, rate, beta1, beta2, weight_decay, epsilon, false, false);
      });
    } else {
      update([&](auto p, auto g, auto m, auto v, auto maximum, auto step) {
        at::_fused_adam_(p, g, m, v, maximum, step, rate, beta1, beta2, weight_decay, epsilon, false, false);
      });
    }
  });
}

// MARK: Mixed precision

bool ctorch_set_autocast(CTorchDevice on, bool enabled, int8_t dtype) {
  auto type = device(on).type();
  bool before = at::autocast::is_autocast_enabled(type);
  at::autocast::set_autocast_cache_enabled(false);
  if (enabled) at::autocast::set_autocast_dtype(type, static_cast<at::ScalarType>(dtype));
  at::autocast::set_autocast_enabled(type, enabled);
  return before;
}
