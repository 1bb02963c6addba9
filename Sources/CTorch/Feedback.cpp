#include "Counter.h"
#include "Parallel.h"
#include "Vectorised.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_solve_ex.h>
#include <ATen/ops/sign.h>
#include <ATen/ops/stack.h>

#include <cstring>

using namespace ctorch;

namespace {

/// Calls of the generator that are made together.
constexpr int lanes = 16;
enum Distribution : int8_t { uniform = 0, normal = 1, sign = 2, kept = 3 };
/// The last word of the counter: two numbers of one place must not come from one call.
enum Stream : uint32_t { elementStream = 0, keepStream = 1 };

/// One call of Philox4x32-10 (Salmon et al. 2011): the counter becomes four random words.
CTORCH_INLINE void philox(uint32_t &x0, uint32_t &x1, uint32_t &x2, uint32_t &x3, uint32_t k0, uint32_t k1) {
  for (int round = 0; round < 10; round++) {
    uint64_t a = uint64_t{0xD2511F53} * x0, b = uint64_t{0xCD9E8D57} * x2;
    uint32_t y0 = uint32_t(b >> 32) ^ x1 ^ k0, y2 = uint32_t(a >> 32) ^ x3 ^ k1;
    x0 = y0, x1 = uint32_t(b), x2 = y2, x3 = uint32_t(a);
    k0 += 0x9E3779B9, k1 += 0xBB67AE85;
  }
}

struct Draw {
  uint32_t key[2];
  Distribution distribution;
  float scale;
  /// An element is kept where its word is at most this.
  uint32_t limit;

  Draw(uint64_t seed, Distribution distribution, double scale, double density)
      : key{uint32_t(seed), uint32_t(seed >> 32)},
        distribution(distribution),
        scale(float(scale)),
        limit(uint32_t(std::clamp(density * 0x1p32 - 1, 0.0, double(UINT32_MAX)))) {}

  bool isSparse() const { return limit != UINT32_MAX && distribution != kept; }
  /// The columns that `lanes` calls make: a word for each number, a bit for each sign.
  int64_t groupLength() const { return distribution == sign ? lanes * 128 : lanes * 4; }
};

/// The words of the calls lanes * group ..< lanes * (group + 1) of a row.
CTORCH_INLINE void callLanes(
    const Draw &draw, uint32_t row, uint64_t group, uint32_t stream, uint32_t (&words)[4][lanes]) {
  for (int lane = 0; lane < lanes; lane++) {
    uint64_t call = group * lanes + lane;
    uint32_t x0 = uint32_t(call), x1 = uint32_t(call >> 32), x2 = row, x3 = stream;
    philox(x0, x1, x2, x3, draw.key[0], draw.key[1]);
    words[0][lane] = x0, words[1][lane] = x1, words[2][lane] = x2, words[3][lane] = x3;
  }
}

/// ln(u) for u in (0, 1], by the polynomial of Cephes' logf. Of additions and products alone, so that it is vectorised
/// and has the same bits on every machine.
CTORCH_INLINE float logarithm(float u) {
#pragma clang fp contract(off)
  uint32_t bits = __builtin_bit_cast(uint32_t, u);
  // u = m 2^e with m in [sqrt(1/2), sqrt(2)).
  int32_t e = int32_t(bits - 0x3f3504f3) >> 23;
  float m = __builtin_bit_cast(float, bits - (uint32_t(e) << 23)) - 1.0f;
  float z = m * m;
  float p = 7.0376836292e-2f;
  p = p * m - 1.1514610310e-1f, p = p * m + 1.1676998740e-1f, p = p * m - 1.2420140846e-1f;
  p = p * m + 1.4249322787e-1f, p = p * m - 1.6668057665e-1f, p = p * m + 2.0000714765e-1f;
  p = p * m - 2.4999993993e-1f, p = p * m + 3.3333331174e-1f;
  float k = float(e);
  return (m + (p * m * z - 0.5f * z - k * 2.12194440e-4f)) + k * 0.693359375f;
}

/// The two normal numbers of two words (Box and Muller 1958): the length from one, the angle from the other.
CTORCH_INLINE void boxMuller(uint32_t length, uint32_t angle, float &cosine, float &sine) {
#pragma clang fp contract(off)
  float u = (float(length >> 8) + 0.5f) * 0x1p-24f;
  // 24 bits leave the tail beyond 5.9 deviations; the eight below fill the lowest of them.
  u = (length >> 8) == 0 ? (float(length) + 0.5f) * 0x1p-32f : u;
  float r = __builtin_elementwise_sqrt(-2.0f * logarithm(u));
  // The angle as a quarter turn and a rest in [-π/4, π/4], where the polynomials of Cephes' sinf and cosf hold.
  uint32_t quarter = (angle + 0x20000000u) >> 30;
  float x = float(int32_t(angle - (quarter << 30))) * 1.46291807926715968e-9f;
  float z = x * x;
  float s = ((-1.9515295891e-4f * z + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * x + x;
  float c = ((2.443315711809948e-5f * z - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z - 0.5f * z + 1.0f;
  float a = quarter & 1 ? s : c, b = quarter & 1 ? c : s;
  cosine = r * ((quarter + 1) & 2 ? -a : a);
  sine = r * (quarter & 2 ? -b : b);
}

/// The elements of `count` groups of a row. Lane l of word w makes column 16 w + l of its group of 64, so that stores
/// are contiguous; a group of signs is 16 calls of 128 bits.
CTORCH_CLONES void fill(const Draw &draw, uint32_t row, uint64_t group, int64_t count, float *out) {
#pragma clang fp contract(off)
  uint32_t words[4][lanes];
  for (int64_t i = 0; i < count; i++, group++, out += draw.groupLength()) {
    callLanes(draw, row, group, elementStream, words);
    if (draw.distribution == sign) {
      for (int lane = 0; lane < lanes; lane++)
        for (int word = 0; word < 4; word++)
          for (int bit = 0; bit < 32; bit++)
            out[lane * 128 + word * 32 + bit] = words[word][lane] >> bit & 1 ? draw.scale : -draw.scale;
      continue;
    }
    if (draw.distribution == uniform) {
      // 24 bits and a sign: exact, and never 1.
      for (int word = 0; word < 4; word++)
        for (int lane = 0; lane < lanes; lane++)
          out[word * lanes + lane] = float(int32_t(words[word][lane]) >> 8) * 0x1p-23f * draw.scale;
    } else if (draw.distribution == kept) {
      for (int word = 0; word < 4; word++)
        for (int lane = 0; lane < lanes; lane++)
          out[word * lanes + lane] = words[word][lane] <= draw.limit ? draw.scale : 0.0f;
    } else {
      for (int word = 0; word < 4; word += 2)
        for (int lane = 0; lane < lanes; lane++) {
          float cosine, sine;
          boxMuller(words[word][lane], words[word + 1][lane], cosine, sine);
          out[word * lanes + lane] = cosine * draw.scale;
          out[(word + 1) * lanes + lane] = sine * draw.scale;
        }
    }
    if (draw.isSparse()) {
      callLanes(draw, row, group, keepStream, words);
      for (int word = 0; word < 4; word++)
        for (int lane = 0; lane < lanes; lane++)
          out[word * lanes + lane] = words[word][lane] <= draw.limit ? out[word * lanes + lane] : 0.0f;
    }
  }
}

/// The elements start ..< start + length of a row, whose ends may lie within groups.
void fillRow(const Draw &draw, uint32_t row, int64_t start, int64_t length, float *out) {
  auto size = draw.groupLength();
  float part[lanes * 128];
  while (length > 0) {
    auto skip = start % size, take = std::min(length, size - skip);
    if (take == size) {
      take = length / size * size;
      fill(draw, row, start / size, take / size, out);
    } else {
      fill(draw, row, start / size, 1, part);
      std::memcpy(out, part + skip, take * sizeof(float));
    }
    start += take, length -= take, out += take;
  }
}

/// A block of the endless matrix of a draw.
at::Tensor block(const Draw &draw, int64_t firstRow, int64_t rows, int64_t firstColumn, int64_t columns) {
  auto result = at::empty({rows, columns}, at::kFloat);
  auto *out = mutableData<float>(result);
  // Pieces of rows: a block may have one long row, or many short ones.
  auto size = draw.groupLength(), piece = std::max<int64_t>(size, (1 << 14) / size * size);
  auto pieces = (columns + piece - 1) / piece;
  parallelFor(rows * pieces, 1, [&](int64_t begin, int64_t end) {
    for (auto i = begin; i < end; i++) {
      auto row = i / pieces, start = i % pieces * piece;
      fillRow(
          draw, uint32_t(firstRow + row), firstColumn + start, std::min(piece, columns - start),
          out + row * columns + start);
    }
  });
  return result;
}

/// x[j], x[j + h] -> their sum and difference, for h = 1, 2, 4, ..., n / 2: the product with the Sylvester-Hadamard
/// matrix H_n.
CTORCH_CLONES void walshHadamard(float *x, int64_t n) {
  int64_t h = 1;
  if (n >= 16) {
    // Steps below the width of a vector are exchanges within one.
    typedef float Vector __attribute__((ext_vector_type(16), aligned(4)));
    const Vector s1 = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    const Vector s2 = {1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1, 1, 1, -1, -1};
    const Vector s4 = {1, 1, 1, 1, -1, -1, -1, -1, 1, 1, 1, 1, -1, -1, -1, -1};
    const Vector s8 = {1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1, -1};
    for (int64_t i = 0; i < n; i += 16) {
      auto *place = reinterpret_cast<Vector *>(x + i);
      Vector v = *place;
      v = __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14) + v * s1;
      v = __builtin_shufflevector(v, v, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13) + v * s2;
      v = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11) + v * s4;
      v = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7) + v * s8;
      *place = v;
    }
    h = 16;
  }
  for (; h < n; h *= 2)
    for (int64_t i = 0; i < n; i += 2 * h)
      for (int64_t j = i; j < i + h; j++) {
        float a = x[j], b = x[j + h];
        x[j] = a + b, x[j + h] = a - b;
      }
}

}  // namespace

at::Tensor ctorch::dropoutMask(at::IntArrayRef shape, double probability, uint64_t seed, at::ScalarType type) {
  auto count = c10::multiply_integers(shape);
  auto mask = [&](double scale) {
    return block(Draw(seed, kept, scale, 1 - probability), 0, 1, 0, count).reshape(shape);
  };
  if (type == at::kFloat) return mask(1 / (1 - probability));
  return mask(1).to(type).div_(1 - probability);
}

void ctorch_philox(const uint32_t *counter, const uint32_t *key, uint32_t *words) {
  std::memcpy(words, counter, 4 * sizeof(uint32_t));
  philox(words[0], words[1], words[2], words[3], key[0], key[1]);
}
CTorchTensor *ctorch_counter_block(
    uint64_t seed, int8_t distribution, double scale, double density, intptr_t first_row, intptr_t rows,
    intptr_t first_column, intptr_t columns) {
  return tensor([&] {
    return block(Draw(seed, Distribution(distribution), scale, density), first_row, rows, first_column, columns);
  });
}
CTorchTensor *ctorch_walsh_hadamard(const CTorchTensor *x) {
  return tensor([&] {
    const auto &input = unwrap(x);
    auto n = input.size(-1);
    TORCH_CHECK(n > 0 && (n & (n - 1)) == 0, "the last dimension is ", n, ", which is no power of two");
    if (input.is_cpu() && input.scalar_type() == at::kFloat && !input.requires_grad()) {
      auto result = input.clone(at::MemoryFormat::Contiguous);
      auto *rows = mutableData<float>(result);
      parallelFor(result.numel() / n, std::max<int64_t>(1, (1 << 14) / n), [&](int64_t begin, int64_t end) {
        for (auto row = begin; row < end; row++) walshHadamard(rows + row * n, n);
      });
      return result;
    }
    auto result = input;
    for (int64_t h = 1; h < n; h *= 2) {
      auto pairs = result.reshape({-1, n / (2 * h), 2, h});
      auto a = pairs.select(2, 0), b = pairs.select(2, 1);
      result = at::stack({a + b, a - b}, 2);
    }
    return result.reshape(input.sizes());
  });
}
CTorchTensor *ctorch_orthonormal_columns(const CTorchTensor *x) {
  return tensor([&] {
    auto [q, r] = at::linalg_qr(unwrap(x), "reduced");
    return q * at::sign(r.diagonal());
  });
}
CTorchTensor *ctorch_solve(const CTorchTensor *a, const CTorchTensor *y) {
  return tensor([&] {
    return std::get<0>(at::linalg_solve_ex(unwrap(a), unwrap(y), /*left=*/true, /*check_errors=*/false));
  });
}
