// Coordinates beside their sines and cosines at doubling frequencies.
#include "Guard.h"
#include "Parallel.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/mul.h>
#include <ATen/ops/sin.h>

#include <cmath>
#include <vector>

using namespace ctorch;

namespace {

/// The columns of each frequency for all coordinates, sines before cosines.
at::Tensor encoded(const at::Tensor &x, int64_t octaves) {
  std::vector<at::Tensor> columns{x};
  for (int64_t octave = 0; octave < octaves; octave++) {
    auto angle = x.mul(at::Scalar(std::ldexp(1.0, static_cast<int>(octave))));
    columns.push_back(angle.sin());
    columns.push_back(angle.cos());
  }
  return at::cat(columns, 1);
}

/// The same of float32 on the CPU in one pass over memory: the sine and cosine of the doubled angle follow from those of the angle, in
/// double precision, in which the doublings cost nothing that float32 would show.
void encode(const float *x, float *to, int64_t coordinates, int64_t octaves) {
  for (int64_t i = 0; i < coordinates; i++) {
    to[i] = x[i];
    double sine = std::sin(static_cast<double>(x[i])), cosine = std::cos(static_cast<double>(x[i]));
    for (int64_t octave = 0; octave < octaves; octave++) {
      float *at = to + coordinates * (1 + 2 * octave) + i;
      at[0] = static_cast<float>(sine), at[coordinates] = static_cast<float>(cosine);
      double doubled = 2 * sine * cosine;
      cosine = 1 - 2 * sine * sine, sine = doubled;
    }
  }
}

}  // namespace

CTorchTensor *ctorch_positional_encoding(const CTorchTensor *x, intptr_t octaves) {
  return tensor([&] {
    const auto &from = unwrap(x);
    bool recorded = from.requires_grad() && at::GradMode::is_enabled();
    if (!from.is_cpu() || from.scalar_type() != at::kFloat || recorded) return encoded(from, octaves);
    auto rows = from.contiguous();
    int64_t count = rows.size(0), width = rows.size(1), wide = width * (1 + 2 * octaves);
    auto result = at::empty({count, wide}, rows.options());
    const float *source = data<float>(rows);
    float *target = mutableData<float>(result);
    parallelFor(count, 256, [&](int64_t begin, int64_t end) {
      for (int64_t row = begin; row < end; row++)
        encode(source + row * width, target + row * wide, width, octaves);
    });
    return result;
  });
}
