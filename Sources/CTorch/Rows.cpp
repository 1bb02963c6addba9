// Tables of which a step uses some rows: sums of their gradients, and Adam for them alone.
#include "Guard.h"
#include "Parallel.h"
#include "Vectorised.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <atomic>
#include <cstring>
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
/// How many vectors before it is moved a row is asked for.
constexpr int64_t ahead = 6;
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

/// A row that has steps to make.
struct Due {
  int64_t row;
  /// How many steps it has made.
  int32_t made;
};

/// Those of `rows` (null: all) that have steps to make before `target`, or all of them with gradients; said to have made all from now
/// on. Without gradients, whose order they keep, those that are as late come together, so that a vector makes no step in vain.
std::vector<Due> dueRows(
    int64_t *made, const int64_t *rows, int64_t count, int64_t first, int64_t last, int32_t target, bool hasGradient) {
  std::vector<Due> due(count);
  parallelFor(count, 4096, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      if (rows && i + 32 < end) __builtin_prefetch(made + rows[i + 32], 1);
      const int64_t row = rows ? rows[i] : i;
      due[i] = {row, int32_t(std::min(made[row] - first, int64_t(target)))};
      made[row] = last;
    }
  });
  if (hasGradient) return due;
  // How many are less late than each, and, last, how many have steps to make at all.
  std::vector<int64_t> starts(target + 2, 0);
  for (const Due &one : due) starts[one.made + 1]++;
  for (int32_t k = 0; k <= target; k++) starts[k + 1] += starts[k];
  std::vector<Due> sorted(due.size());
  const int64_t late = starts[target];
  for (const Due &one : due) sorted[starts[one.made]++] = one;
  sorted.resize(late);
  return sorted;
}

/// Calls `body` with the pieces of rows that elements `begin` ..< `end` of rows put one after the other are of: the row's number, the
/// piece's first column, how many elements come before it, and how many it has.
template <typename Body>
CTORCH_INLINE void forEachPiece(int64_t begin, int64_t end, int64_t width, Body &&body) {
  for (int64_t i = begin / width, column = begin % width, lane = 0; lane < end - begin; i++, column = 0) {
    const int64_t length = std::min(width - column, end - begin - lane);
    body(i, column, lane, length);
    lane += length;
  }
}

/// Whether each row lies in one piece.
bool haveWholeRows(const at::Tensor &moment) { return moment.numel() == 0 || moment[0].is_contiguous(); }

/// Where each row occurs among indices.
class Occurrences {
 public:
  /// The rows that occur, in ascending order.
  std::vector<int64_t> rows;
  /// The places of row number r are `order[starts[r]]` to before `order[starts[r + 1]]`, in their order.
  std::vector<int32_t> starts, order;

  /// Those of these indices. A step asks for the same ones again and again, for each table that it looks them up in and for
  /// each gradient, so that the last ones of a thread are kept.
  static const Occurrences &of(const int64_t *indices, int64_t count, int64_t row_count) {
    static thread_local Occurrences last;
    const size_t size = size_t(count) * sizeof(int64_t);
    const bool isSame = last.row_count == row_count && int64_t(last.indices.size()) == count
        && (count == 0 || std::memcmp(last.indices.data(), indices, size) == 0);
    if (!isSame) last.find(indices, count, row_count);
    return last;
  }

 private:
  std::vector<int64_t> indices;
  /// Of the table; less than none before there is one.
  int64_t row_count = -1;
  /// A bit for each row of the table, set where it occurs, and how many occur in the words before.
  std::vector<uint64_t> occurs;
  std::vector<int32_t> before;

  void find(const int64_t *at, int64_t count, int64_t table) {
    row_count = -1;
    for (int64_t i = 0; i < count; i++)
      TORCH_CHECK(at[i] >= 0 && at[i] < table, "row ", at[i], " is outside of the table's ", table);
    occurs.assign((size_t(table) + 63) / 64, 0);
    before.resize(occurs.size());
    rows.clear();
    for (int64_t i = 0; i < count; i++) occurs[at[i] / 64] |= uint64_t(1) << (at[i] % 64);
    for (size_t word = 0; word < occurs.size(); word++) {
      before[word] = int32_t(rows.size());
      for (uint64_t left = occurs[word]; left != 0; left &= left - 1)
        rows.push_back(int64_t(word) * 64 + __builtin_ctzll(left));
    }
    std::vector<int32_t> numbers(count);
    starts.assign(rows.size() + 1, 0);
    for (int64_t i = 0; i < count; i++) {
      const uint64_t lower = (uint64_t(1) << (at[i] % 64)) - 1;
      numbers[i] = before[at[i] / 64] + __builtin_popcountll(occurs[at[i] / 64] & lower);
      starts[numbers[i] + 1]++;
    }
    for (size_t r = 0; r < rows.size(); r++) starts[r + 1] += starts[r];
    std::vector<int32_t> next(starts.begin(), starts.end() - 1);
    order.resize(count);
    for (int64_t i = 0; i < count; i++) order[next[numbers[i]]++] = int32_t(i);
    indices.assign(at, at + count);
    row_count = table;
  }
};

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
    const Occurrences &found = Occurrences::of(data<int64_t>(index), count, row_count);
    const int64_t number = int64_t(found.rows.size());
    auto unique = at::empty({number}, index.options());
    std::copy(found.rows.begin(), found.rows.end(), mutableData<int64_t>(unique));
    auto sum = at::empty({number, width}, value.options());
    const float *from = data<float>(value);
    float *to = mutableData<float>(sum);
    // Threads add up different rows, each in the order of places.
    parallelFor(number, 256, [&](int64_t begin, int64_t end) {
      for (int64_t r = begin; r < end; r++) {
        const int32_t *place = found.order.data() + found.starts[r], *stop = found.order.data() + found.starts[r + 1];
        std::copy_n(from + *place * width, width, to + r * width);
        while (++place < stop)
          for (int64_t c = 0; c < width; c++) to[r * width + c] += from[*place * width + c];
      }
    });
    auto shape = value.sizes().vec();
    shape.erase(shape.begin(), shape.begin() + unwrap(indices).dim());
    shape.insert(shape.begin(), number);
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
    auto &first = unwrap(first_moment), &second = unwrap(second_moment);
    // The moments may lie row by row in one tensor, so that a row of both is found in one place.
    const int64_t m_stride = count == 0 ? 0 : first.stride(0), v_stride = count == 0 ? 0 : second.stride(0);
    TORCH_CHECK(
        p.is_cpu() && p.scalar_type() == at::kFloat && p.is_contiguous() && haveWholeRows(first) && haveWholeRows(second)
            && unwrap(row_steps).scalar_type() == at::kLong,
        "rows are moved of contiguous float32 on the CPU");
    Moments moments{beta1, beta2, epsilon, weight_decay, decoupled};
    auto index = rows ? unwrap(rows).contiguous() : at::Tensor();
    auto direction = gradient ? unwrap(gradient).contiguous() : at::Tensor();
    const int64_t *at = rows ? data<int64_t>(index) : nullptr;
    const float *g = gradient ? data<float>(direction) : nullptr;
    float *values = mutableData<float>(p), *m = mutableData<float>(first), *v = mutableData<float>(second);
    int64_t *made = mutableData<int64_t>(unwrap(row_steps));
    // Rows with a gradient make the last step along it.
    const int32_t target = int32_t((g ? last_step - 1 : last_step) - first_step);
    const std::vector<Due> due = dueRows(made, at, rows ? index.numel() : count, first_step, last_step, target, g != nullptr);
    const int64_t total = int64_t(due.size()) * width;
    // Blocks cost as many steps as their rows are late, so that threads take the next one rather than a share.
    constexpr int64_t chunk = 256 * lanes;
    std::atomic<int64_t> next{0};
    parallelFor((total + chunk - 1) / chunk, 2, [&](int64_t, int64_t) {
      for (int64_t start; (start = next.fetch_add(chunk)) < total;) {
        for (int64_t begin = start; begin < std::min(start + chunk, total); begin += lanes) {
          const int64_t end = std::min(begin + lanes, total);
          // Rows lie anywhere in memory, which answers late: they are asked for some blocks before.
          const int64_t stop = std::min((end + (ahead + 1) * lanes) / width, int64_t(due.size()));
          for (int64_t i = (end + ahead * lanes) / width; i < stop; i++) {
            const int64_t row = due[i].row;
            for (const float *place : {values + row * width, m + row * m_stride, v + row * v_stride})
              for (int64_t c = 0; c < width; c += 16) __builtin_prefetch(place + c, 1);
          }
          Elements e;
          int32_t earliest = target, latest = 0;
          forEachPiece(begin, end, width, [&](int64_t i, int64_t column, int64_t lane, int64_t length) {
            const Due &one = due[i];
            const float *from = values + one.row * width + column;
            const float *mean = m + one.row * m_stride + column, *square = v + one.row * v_stride + column;
            earliest = std::min(earliest, one.made), latest = std::max(latest, one.made);
            for (int64_t c = 0; c < length; c++) {
              e.p[lane + c] = from[c], e.m[lane + c] = mean[c], e.v[lane + c] = square[c];
              e.gradient[lane + c] = g ? g[i * width + column + c] : 0;
              e.made[lane + c] = one.made;
            }
          });
          advance(e, earliest == latest, earliest, target, g != nullptr, moments, steps);
          forEachPiece(begin, end, width, [&](int64_t i, int64_t column, int64_t lane, int64_t length) {
            const int64_t row = due[i].row;
            float *to = values + row * width + column;
            float *mean = m + row * m_stride + column, *square = v + row * v_stride + column;
            for (int64_t c = 0; c < length; c++) to[c] = e.p[lane + c], mean[c] = e.m[lane + c], square[c] = e.v[lane + c];
          });
        }
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
