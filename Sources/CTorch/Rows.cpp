// Tables of which a step uses some rows: sums of their gradients, and Adam for them alone.
#include "Guard.h"
#include "Parallel.h"
#include "Vectorised.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <vector>

using namespace ctorch;

namespace {

struct Moments {
  double beta1, beta2, epsilon, decay;
  bool decoupled;
};

using Step = CTorchAdamStep;

/// Elements that are moved together, whatever rows they are of: a vector of numbers of each kind, whose last places may be of none.
constexpr int lanes = 16;
struct Elements {
  float p[lanes] = {}, m[lanes] = {}, v[lanes] = {}, gradient[lanes] = {};
  /// How many steps each has made; it makes none before.
  int32_t made[lanes] = {};
};

/// Step number k, from 0 on, of those elements that have not made it, or of all where all have made as many: along their gradient,
/// or along 0, and their decay.
template <bool hasGradient, bool areEven>
CTORCH_INLINE void step(Elements &e, int32_t k, const Moments &moments, const Step &s) {
#pragma clang fp contract(fast)
  // 1 - β in double: of float32's 0.999 it would be wrong by 5e-5 of itself.
  const float rest1 = 1 - moments.beta1, rest2 = 1 - moments.beta2, beta2 = moments.beta2, epsilon = moments.epsilon;
  const float decay = moments.decoupled ? 0 : moments.decay, keep = 1 - s.shrink;
  for (int i = 0; i < lanes; i++) {
    float x = e.p[i] * keep;
    float g = (hasGradient ? e.gradient[i] : 0.0f) + decay * x;
    float mean = e.m[i] + rest1 * (g - e.m[i]);
    // Long after its last gradient a row would compute with numbers that processors are slow at.
    mean = __builtin_fabsf(mean) < 1e-30f ? 0.0f : mean;
    float square = beta2 * e.v[i] + rest2 * g * g;
    float moved = x - s.size * mean / (__builtin_elementwise_sqrt(square) * s.root + epsilon);
    bool isDue = areEven || k >= e.made[i];
    e.p[i] = isDue ? moved : e.p[i], e.m[i] = isDue ? mean : e.m[i], e.v[i] = isDue ? square : e.v[i];
  }
}

/// What a step without a gradient comes to where the mean is 0 and nothing decays into it.
CTORCH_INLINE void rest(Elements &e, int32_t k, const Moments &moments, const Step &s) {
  const float beta2 = moments.beta2, keep = 1 - s.shrink;
  for (int i = 0; i < lanes; i++) {
    bool isDue = k >= e.made[i];
    e.p[i] = isDue ? e.p[i] * keep : e.p[i], e.v[i] = isDue ? e.v[i] * beta2 : e.v[i];
  }
}

/// The steps from the first that an element has not made to before `target`, one after the other, so that it comes to the same when
/// they are made at once or a few at a time; then, with a gradient, step `target` along it.
template <bool areEven>
CTORCH_INLINE void makeSteps(
    Elements &e, int32_t first, int32_t target, bool hasGradient, const Moments &moments, const Step *steps) {
  const bool canRest = moments.decay == 0 || moments.decoupled;
  bool isResting = false;
  for (int32_t k = first; k < target; k++) {
    if (canRest && !isResting && (k - first) % 16 == 0) {
      float most = 0;
      for (int i = 0; i < lanes; i++) most = __builtin_fmaxf(most, __builtin_fabsf(e.m[i]));
      isResting = most == 0;
    }
    if (isResting)
      rest(e, k, moments, steps[k]);
    else
      step<false, areEven>(e, k, moments, steps[k]);
  }
  if (hasGradient) step<true, areEven>(e, target, moments, steps[target]);
}

CTORCH_CLONES void advance(
    Elements &e, bool areEven, int32_t first, int32_t target, bool hasGradient, const Moments &moments, const Step *steps) {
  if (areEven)
    makeSteps<true>(e, first, target, hasGradient, moments, steps);
  else
    makeSteps<false>(e, first, target, hasGradient, moments, steps);
}

CTORCH_CLONES void addRow(float *to, const float *from, int64_t width) {
  for (int64_t i = 0; i < width; i++) to[i] += from[i];
}

}  // namespace

CTorchStatus ctorch_sum_rows(
    const CTorchTensor *indices, const CTorchTensor *values, intptr_t row_count, CTorchTensor **rows, CTorchTensor **sums) {
  return status([&] {
    c10::NoGradGuard guard;
    auto index = unwrap(indices).contiguous().view(-1);
    auto value = unwrap(values).contiguous();
    int64_t count = index.numel(), width = count == 0 ? 0 : value.numel() / count;
    TORCH_CHECK(
        index.is_cpu() && index.scalar_type() == at::kLong && value.is_cpu() && value.scalar_type() == at::kFloat,
        "sums of rows are of float32 by int64 on the CPU");
    const int64_t *at = data<int64_t>(index);
    // A bit for each row that occurs, and how many occur in the words before. Kept from call to call, all 0.
    static thread_local std::vector<uint64_t> occurs;
    const size_t words = (size_t(row_count) + 63) / 64;
    if (occurs.size() < words) occurs.resize(words);
    bool isInside = true;
    for (int64_t i = 0; i < count && isInside; i++) {
      isInside = at[i] >= 0 && at[i] < row_count;
      if (isInside) occurs[at[i] / 64] |= uint64_t(1) << (at[i] % 64);
    }
    std::vector<int64_t> found;
    std::vector<int32_t> before(words), places(count);
    for (size_t word = 0; word < words && isInside; word++) {
      before[word] = int32_t(found.size());
      for (uint64_t left = occurs[word]; left != 0; left &= left - 1)
        found.push_back(int64_t(word) * 64 + __builtin_ctzll(left));
    }
    for (int64_t i = 0; i < count && isInside; i++) {
      const uint64_t lower = (uint64_t(1) << (at[i] % 64)) - 1;
      places[i] = before[at[i] / 64] + __builtin_popcountll(occurs[at[i] / 64] & lower);
    }
    std::fill(occurs.begin(), occurs.begin() + words, 0);
    TORCH_CHECK(isInside, "a row is outside of the table's ", row_count);
    // The places of each row one after the other, so that threads add up different rows, each in the order of places.
    std::vector<int32_t> starts(found.size() + 1, 0), order(count);
    for (int64_t i = 0; i < count; i++) starts[places[i] + 1]++;
    for (size_t r = 0; r < found.size(); r++) starts[r + 1] += starts[r];
    std::vector<int32_t> next(starts.begin(), starts.end() - 1);
    for (int64_t i = 0; i < count; i++) order[next[places[i]]++] = int32_t(i);
    auto unique = at::empty({int64_t(found.size())}, index.options());
    std::copy(found.begin(), found.end(), mutableData<int64_t>(unique));
    auto sum = at::zeros({int64_t(found.size()), width}, value.options());
    const float *from = data<float>(value);
    float *to = mutableData<float>(sum);
    parallelFor(int64_t(found.size()), 256, [&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; r++)
        for (int32_t k = starts[r]; k < starts[r + 1]; k++) addRow(to + r * width, from + order[k] * width, width);
    });
    auto shape = value.sizes().vec();
    shape.erase(shape.begin(), shape.begin() + unwrap(indices).dim());
    shape.insert(shape.begin(), int64_t(found.size()));
    *rows = wrap(unique);
    *sums = wrap(sum.view(shape));
  });
}

CTorchStatus ctorch_adam_rows(
    CTorchTensor *parameter, CTorchTensor *first_moment, CTorchTensor *second_moment, CTorchTensor *row_steps,
    const CTorchTensor *rows, const CTorchTensor *gradient, const CTorchAdamStep *steps, intptr_t first_step, intptr_t last_step,
    double beta1, double beta2, double weight_decay, double epsilon, bool decoupled) {
  return status([&] {
    c10::NoGradGuard guard;
    auto &p = unwrap(parameter);
    int64_t count = p.size(0), width = count == 0 ? 0 : p.numel() / count;
    TORCH_CHECK(
        p.is_cpu() && p.scalar_type() == at::kFloat && p.is_contiguous() && unwrap(first_moment).is_contiguous()
            && unwrap(second_moment).is_contiguous() && unwrap(row_steps).scalar_type() == at::kLong,
        "rows are moved of contiguous float32 on the CPU");
    Moments moments{beta1, beta2, epsilon, weight_decay, decoupled};
    auto index = rows ? unwrap(rows).contiguous() : at::Tensor();
    auto direction = gradient ? unwrap(gradient).contiguous() : at::Tensor();
    const int64_t *at = rows ? data<int64_t>(index) : nullptr;
    const float *g = gradient ? data<float>(direction) : nullptr;
    float *values = mutableData<float>(p), *m = mutableData<float>(unwrap(first_moment));
    float *v = mutableData<float>(unwrap(second_moment));
    int64_t *made = mutableData<int64_t>(unwrap(row_steps));
    // Rows with a gradient make the last step along it.
    const int32_t target = (g ? last_step - 1 : last_step) - first_step;
    const int64_t number = rows ? index.numel() : count;
    constexpr int64_t ahead = 8;
    // Several narrow rows are moved together, and of a wide one so many columns.
    const int64_t together = std::max<int64_t>(1, lanes / std::max<int64_t>(width, 1));
    parallelFor((number + together - 1) / together, 128, [&](int64_t begin, int64_t end) {
      for (int64_t block = begin; block < end; block++) {
        const int64_t start = block * together, stop = std::min(start + together, number);
        // Rows lie anywhere in memory, which answers late: they are asked for some blocks before.
        for (int64_t i = start + ahead * together; at && i < std::min(stop + ahead * together, number); i++) {
          __builtin_prefetch(made + at[i], 1);
          for (const float *table : {values, m, v})
            for (int64_t c = 0; c < width; c += 16) __builtin_prefetch(table + at[i] * width + c, 1);
        }
        for (int64_t column = 0; column < width; column += lanes) {
          const int64_t length = std::min<int64_t>(lanes, width - column);
          Elements e;
          int32_t first = target, last = 0;
          for (int64_t i = start, lane = 0; i < stop; i++) {
            const int64_t row = at ? at[i] : i, place = row * width + column;
            const int32_t done = int32_t(std::min(made[row] - first_step, int64_t(target) + 1));
            first = std::min(first, done), last = std::max(last, done);
            for (int64_t c = 0; c < length; c++, lane++) {
              e.p[lane] = values[place + c], e.m[lane] = m[place + c], e.v[lane] = v[place + c];
              e.gradient[lane] = g ? g[i * width + column + c] : 0;
              e.made[lane] = done;
            }
          }
          if (first >= target && !g) continue;
          advance(e, first == last, first, target, g != nullptr, moments, steps);
          for (int64_t i = start, lane = 0; i < stop; i++) {
            const int64_t place = (at ? at[i] : i) * width + column;
            for (int64_t c = 0; c < length; c++, lane++)
              values[place + c] = e.p[lane], m[place + c] = e.m[lane], v[place + c] = e.v[lane];
          }
        }
        for (int64_t i = start; i < stop; i++) made[at ? at[i] : i] = last_step;
      }
    });
  });
}

CTorchStatus ctorch_sparse_rows(const CTorchTensor *x, CTorchTensor **indices, CTorchTensor **values) {
  return status([&] {
    auto rows = unwrap(x);
    // On a GPU LibTorch adds up.
    if (!rows.is_cpu()) rows = rows.coalesce();
    *indices = wrap(rows._indices().select(0, 0));
    *values = wrap(rows._values());
  });
}
bool ctorch_is_sparse(const CTorchTensor *x) { return unwrap(x).is_sparse(); }
