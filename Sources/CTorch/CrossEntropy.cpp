// The cross-entropy of many classes, whose gradient takes the place of its logits.
#include "Guard.h"
#include "Parallel.h"
#include "Vectorised.h"

#include <ATen/ops/cross_entropy_loss.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/mul.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace ctorch;
using namespace torch::autograd;

namespace {

/// Numbers that are reduced side by side: in the same order on every machine, whatever its vectors hold.
constexpr int lanes = 16;

/// e^x of x <= 0 to float32's precision: 2^n of a whole n, and a polynomial for the rest. Of no number it is none.
CTORCH_INLINE float exponential(float x) {
#pragma clang fp contract(fast)
  x = x < -87.0f ? -87.0f : x;
  // Added to this number, x / log 2 is rounded to a whole one, which its last bits then are.
  constexpr float rounder = 12582912;
  const float shifted = x * 1.44269504f + rounder, n = shifted - rounder;
  // The logarithm of 2 in two parts, of which n times the first is exact.
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f, p = p * r + 8.3334519073e-3f, p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f, p = p * r + 5.0000001201e-1f;
  const float rest = p * (r * r) + r + 1;
  return __builtin_bit_cast(float, __builtin_bit_cast(uint32_t, rest) + (__builtin_bit_cast(uint32_t, shifted) << 23));
}

/// The greatest logit, and the sum of the exponentials of what others are below it.
struct Sum {
  float top;
  double exponentials;
};

CTORCH_CLONES Sum sumOf(const float *x, int64_t count) {
  float most[lanes], sums[lanes] = {};
  std::fill_n(most, lanes, x[0]);
  const int64_t whole = count - count % lanes;
  for (int64_t i = 0; i < whole; i += lanes)
    for (int k = 0; k < lanes; k++) most[k] = x[i + k] > most[k] ? x[i + k] : most[k];
  for (int64_t i = whole; i < count; i++) most[0] = std::max(most[0], x[i]);
  Sum sum{*std::max_element(most, most + lanes), 0};
  for (int64_t i = 0; i < whole; i += lanes)
    for (int k = 0; k < lanes; k++) sums[k] += exponential(x[i + k] - sum.top);
  for (int64_t i = whole; i < count; i++) sums[0] += exponential(x[i] - sum.top);
  for (float one : sums) sum.exponentials += one;
  return sum;
}

/// The probabilities of classes, times a factor.
CTORCH_CLONES void softmax(const float *x, Sum sum, float factor, float *to, int64_t count) {
  const float scale = float(factor / sum.exponentials);
  for (int64_t i = 0; i < count; i++) to[i] = scale * exponential(x[i] - sum.top);
}

CTORCH_CLONES void widen(const uint16_t *from, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = __builtin_bit_cast(float, uint32_t(from[i]) << 16);
}

/// Rounds to the nearest, of two as near to the even one.
CTORCH_CLONES void narrow(const float *from, uint16_t *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    const uint32_t bits = __builtin_bit_cast(uint32_t, from[i]);
    to[i] = from[i] == from[i] ? uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16) : 0x7fc0;
  }
}

/// The rows of logits as float32, each in turn.
struct Rows {
  at::Tensor logits;
  int64_t count, classes;

  explicit Rows(const at::Tensor &x) : logits(x.contiguous()), count(x.size(0)), classes(x.size(1)) {}

  /// One row, which is put into `buffer` unless it is float32.
  const float *row(int64_t index, std::vector<float> &buffer) const {
    if (logits.scalar_type() == at::kFloat) return data<float>(logits) + index * classes;
    buffer.resize(classes);
    widen(data<uint16_t>(logits) + index * classes, buffer.data(), classes);
    return buffer.data();
  }
};

/// The mean of log(sum of exponentials) - logit of the target. LibTorch keeps the logarithms of all probabilities beside the logits, and
/// writes their gradient three times over; here it is made at once, in the type of the logits, which need not be kept for it.
struct CrossEntropy : Function<CrossEntropy> {
  static at::Tensor forward(
      AutogradContext *context, const at::Tensor &logits, const at::Tensor &targets, bool isRecorded) {
    RECORD_FUNCTION("ctorch::cross_entropy", std::vector<c10::IValue>());
    const Rows rows(logits);
    auto target = targets.contiguous();
    const int64_t *at = data<int64_t>(target);
    for (int64_t i = 0; i < rows.count; i++)
      TORCH_CHECK(at[i] >= 0 && at[i] < rows.classes, "target ", at[i], " is not one of ", rows.classes, " classes");
    const bool isSingle = rows.logits.scalar_type() == at::kFloat;
    const float scale = 1 / float(rows.count);
    auto gradient = isRecorded ? at::empty_like(rows.logits) : at::Tensor();
    void *to = isRecorded ? gradient.mutable_data_ptr() : nullptr;
    std::vector<double> losses(rows.count);
    parallelFor(rows.count, 1, [&](int64_t begin, int64_t end) {
      std::vector<float> buffer, narrowed(isSingle ? 0 : rows.classes);
      for (int64_t i = begin; i < end; i++) {
        const float *row = rows.row(i, buffer);
        const Sum sum = sumOf(row, rows.classes);
        losses[i] = std::log(sum.exponentials) + (double(sum.top) - row[at[i]]);
        if (!to) continue;
        float *place = isSingle ? static_cast<float *>(to) + i * rows.classes : narrowed.data();
        softmax(row, sum, scale, place, rows.classes);
        place[at[i]] -= scale;
        if (!isSingle) narrow(place, static_cast<uint16_t *>(to) + i * rows.classes, rows.classes);
      }
    });
    context->save_for_backward({gradient});
    double sum = 0;
    for (double one : losses) sum += one;
    auto loss = at::empty({}, rows.logits.options().dtype(at::kFloat));
    *mutableData<float>(loss) = float(sum / double(rows.count));
    return loss;
  }

  static variable_list backward(AutogradContext *context, variable_list gradients) {
    RECORD_FUNCTION("ctorch::cross_entropy", std::vector<c10::IValue>());
    auto gradient = context->get_saved_variables()[0];
    const float factor = gradients[0].item<float>();
    return {factor == 1 ? gradient : at::mul(gradient, gradients[0]), at::Tensor(), at::Tensor()};
  }
};

/// From how many classes on it is worth it.
constexpr int64_t many = 512;

}  // namespace

CTorchTensor *ctorch_cross_entropy(const CTorchTensor *logits, const CTorchTensor *targets) {
  return tensor([&]() -> at::Tensor {
    const auto &x = unwrap(logits), &y = unwrap(targets);
    const bool isOurs = x.is_cpu() && x.dim() == 2 && x.size(0) > 0 && x.size(1) >= many && y.sizes() == x.sizes().slice(0, 1)
        && y.scalar_type() == at::kLong && (x.scalar_type() == at::kFloat || x.scalar_type() == at::kBFloat16);
    if (isOurs) return CrossEntropy::apply(x, y, x.requires_grad() && at::GradMode::is_enabled());
    return at::cross_entropy_loss(x, y);
  });
}
