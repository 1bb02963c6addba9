#include "Guard.h"
#include "Parallel.h"
#include "Vectorised.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/_sparse_csr_tensor_unsafe.h>
#include <ATen/ops/_validate_sparse_csr_tensor_args.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/repeat_interleave.h>
#include <ATen/ops/segment_reduce.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

using namespace ctorch;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// MARK: Sparse matrices

namespace {

/// Swallows warnings: LibTorch announces at the first CSR matrix that the layout is "in beta".
struct Silence final : c10::WarningHandler {
  void process(const c10::Warning &) override {}
};

/// The sums of the rows from each start to the next, always in the same order: adding rows to where they belong (`index_add`)
/// would give CUDA other bits each time.
at::Tensor segmentSum(const at::Tensor &rows, const at::Tensor &starts) {
  return at::segment_reduce(
      rows.contiguous(), "sum", /*lengths=*/{}, /*indices=*/{}, starts, /*axis=*/0, /*unsafe=*/true, /*initial=*/0);
}

/// How many numbers a product may write down before it adds them: 256 MiB of float32.
constexpr int64_t room = 64 << 20;

/// matrix @ x. The algorithm of cuSPARSE that LibTorch chooses gives CUDA other bits each time (NVIDIA grants equal ones for
/// `CUSPARSE_SPMM_CSR_ALG3` alone), so that there every element's share is written down and added in the order of its row,
/// for as many columns of x at once as there is room for.
at::Tensor product(const at::Tensor &matrix, const at::Tensor &x) {
  if (x.is_cpu()) return at::matmul(matrix, x);
  TORCH_CHECK_VALUE(
      x.dim() == 2 && x.size(0) == matrix.size(1), "a sparse matrix of shape ", matrix.sizes(), " times ", x.sizes());
  auto starts = matrix.crow_indices(), columns = matrix.col_indices(), values = matrix.values();
  if (values.numel() == 0 || x.numel() == 0) return at::zeros({matrix.size(0), x.size(1)}, x.options());
  auto width = std::clamp<int64_t>(room / values.numel(), 1, x.size(1));
  std::vector<at::Tensor> parts;
  for (int64_t first = 0; first < x.size(1); first += width) {
    auto part = x.narrow(1, first, std::min(width, x.size(1) - first));
    parts.push_back(segmentSum(values.unsqueeze(1) * part.index_select(0, columns), starts));
  }
  return parts.size() == 1 ? parts[0] : at::cat(parts, 1);
}

/// matrix @ x with the transpose at hand. LibTorch's own derivative of a CSR product transposes the matrix in every
/// backward pass, which costs hundreds of times the product itself.
struct SparseMatmul : torch::autograd::Function<SparseMatmul> {
  static at::Tensor forward(
      AutogradContext *context, const at::Tensor &matrix, const at::Tensor &transposed,
      const at::Tensor &x) {
    // Sparse products have no half precision.
    c10::impl::ExcludeDispatchKeyGuard guard{c10::autocast_dispatch_keyset};
    context->saved_data["transposed"] = transposed;
    return product(matrix, x);
  }
  static variable_list backward(
      AutogradContext *context, variable_list gradients) {
    auto transposed = context->saved_data["transposed"].toTensor();
    return {at::Tensor(), at::Tensor(), product(transposed, gradients[0].contiguous())};
  }
};

}  // namespace

CTorchTensor *ctorch_sparse_csr(
    const CTorchTensor *row_starts, const CTorchTensor *columns, const CTorchTensor *values, intptr_t rows,
    intptr_t column_count) {
  return tensor([&] {
    Silence silence;
    c10::WarningUtils::WarningHandlerGuard guard(&silence);
    const int64_t shape[] = {rows, column_count};
    at::_validate_sparse_csr_tensor_args(unwrap(row_starts), unwrap(columns), unwrap(values), shape);
    return at::_sparse_csr_tensor_unsafe(
        unwrap(row_starts), unwrap(columns), unwrap(values), shape,
        unwrap(values).options().layout(at::kSparseCsr));
  });
}
CTorchTensor *ctorch_sparse_matmul(const CTorchTensor *matrix, const CTorchTensor *transposed, const CTorchTensor *x) {
  return tensor([&] {
    if (transposed == nullptr) {
      c10::NoGradGuard guard;
      return product(unwrap(matrix), unwrap(x));
    }
    auto rows = unwrap(x).to(unwrap(matrix).scalar_type());
    return SparseMatmul::apply(unwrap(matrix), unwrap(transposed), rows);
  });
}
CTorchTensor *ctorch_sparse_columns(const CTorchTensor *matrix) {
  return tensor([&] { return unwrap(matrix).col_indices(); });
}
CTorchTensor *ctorch_sparse_values(const CTorchTensor *matrix) {
  return tensor([&] { return unwrap(matrix).values(); });
}
CTorchTensor *ctorch_sparse_with_values(const CTorchTensor *matrix, const CTorchTensor *values) {
  return tensor([&] {
    const auto &places = unwrap(matrix);
    TORCH_CHECK_VALUE(
        unwrap(values).sizes() == places.values().sizes(), "values of shape ", unwrap(values).sizes(), " for ",
        places.values().size(0), " elements");
    return at::_sparse_csr_tensor_unsafe(
        places.crow_indices(), places.col_indices(), unwrap(values), places.sizes(),
        unwrap(values).options().layout(at::kSparseCsr));
  });
}

// MARK: Edges

namespace {

/// How many nodes a thread takes at least.
constexpr int64_t grain = 64;

struct Edges {
  at::Tensor targetStarts, sources, sourceStarts, targets, numbers;

  explicit Edges(const CTorchEdges &edges)
      : targetStarts(unwrap(edges.target_starts)), sources(unwrap(edges.sources)),
        sourceStarts(unwrap(edges.source_starts)), targets(unwrap(edges.targets)), numbers(unwrap(edges.numbers)) {}
  explicit Edges(const c10::IValue &saved) {
    auto tensors = saved.toTensorVector();
    targetStarts = tensors[0], sources = tensors[1], sourceStarts = tensors[2], targets = tensors[3],
    numbers = tensors[4];
  }
  c10::IValue saved() const {
    return std::vector<at::Tensor>{targetStarts, sources, sourceStarts, targets, numbers};
  }

  int64_t nodes() const { return targetStarts.size(0) - 1; }
  int64_t count() const { return sources.size(0); }
  /// The target of each edge, in the order of their numbers.
  at::Tensor targetsInOrder() const {
    return at::repeat_interleave(at::arange(nodes(), targetStarts.options()), targetStarts.diff(), 0, count());
  }
};

/// The extents L, H and C of what belongs to a node.
struct Extents {
  int64_t layers, heads, width;
};

/// Whether the kernels below can work: elsewhere operations of LibTorch do.
bool hasKernel(const at::Tensor &x) { return x.is_cpu() && x.scalar_type() == at::kFloat; }

CTORCH_CLONES void dotRow(
    const int32_t *sources, int64_t first, int64_t last, Extents extents, const float *x, const float *y, float *z) {
#pragma clang fp reassociate(on) contract(fast)
  auto [layers, heads, width] = extents;
  for (int64_t edge = first; edge < last; edge++)
    for (int64_t layer = 0; layer < layers; layer++)
      for (int64_t head = 0; head < heads; head++) {
        const float *a = x + head * width, *b = y + ((sources[edge] * layers + layer) * heads + head) * width;
        float sum = 0;
        for (int64_t i = 0; i < width; i++) sum += a[i] * b[i];
        z[(edge * layers + layer) * heads + head] = sum;
      }
}

CTORCH_CLONES void sumRow(
    const int32_t *sources, int64_t first, int64_t last, Extents extents, const float *w, const float *y, float *z) {
#pragma clang fp contract(fast)
  auto [layers, heads, width] = extents;
  for (int64_t edge = first; edge < last; edge++)
    for (int64_t layer = 0; layer < layers; layer++)
      for (int64_t head = 0; head < heads; head++) {
        const float *b = y + ((sources[edge] * layers + layer) * heads + head) * width;
        float weight = w[(edge * layers + layer) * heads + head];
        for (int64_t i = 0; i < width; i++) z[head * width + i] += weight * b[i];
      }
}

CTORCH_CLONES void spreadRow(
    const int32_t *targets, const int32_t *numbers, int64_t first, int64_t last, Extents extents, const float *w,
    const float *x, float *z) {
#pragma clang fp contract(fast)
  auto [layers, heads, width] = extents;
  for (int64_t edge = first; edge < last; edge++)
    for (int64_t layer = 0; layer < layers; layer++)
      for (int64_t head = 0; head < heads; head++) {
        const float *a = x + (targets[edge] * heads + head) * width;
        float weight = w[(numbers[edge] * layers + layer) * heads + head];
        for (int64_t i = 0; i < width; i++) z[(layer * heads + head) * width + i] += weight * a[i];
      }
}

/// [N, H, C], [N, L, H, C] to [E, L, H].
at::Tensor dot(const Edges &edges, const at::Tensor &x, const at::Tensor &y) {
  if (!hasKernel(x))
    return (x.index_select(0, edges.targetsInOrder()).unsqueeze(1) * y.index_select(0, edges.sources)).sum(-1);
  Extents extents{y.size(1), y.size(2), y.size(3)};
  auto a = x.contiguous(), b = y.contiguous();
  auto z = at::empty({edges.count(), extents.layers, extents.heads}, x.options());
  auto starts = data<int32_t>(edges.targetStarts), sources = data<int32_t>(edges.sources);
  auto from = data<float>(a), with = data<float>(b);
  auto to = mutableData<float>(z);
  parallelFor(edges.nodes(), grain, [&](int64_t begin, int64_t end) {
    for (int64_t node = begin; node < end; node++)
      dotRow(sources, starts[node], starts[node + 1], extents, from + node * extents.heads * extents.width, with, to);
  });
  return z;
}

/// [E, L, H], [N, L, H, C] to [N, H, C].
at::Tensor sum(const Edges &edges, const at::Tensor &w, const at::Tensor &y) {
  if (!hasKernel(y)) {
    return segmentSum((w.unsqueeze(-1) * y.index_select(0, edges.sources)).sum(1), edges.targetStarts);
  }
  auto z = at::zeros({y.size(0), y.size(2), y.size(3)}, y.options());
  Extents extents{y.size(1), y.size(2), y.size(3)};
  auto a = w.contiguous(), b = y.contiguous();
  auto starts = data<int32_t>(edges.targetStarts), sources = data<int32_t>(edges.sources);
  auto weights = data<float>(a), from = data<float>(b);
  auto to = mutableData<float>(z);
  parallelFor(edges.nodes(), grain, [&](int64_t begin, int64_t end) {
    for (int64_t node = begin; node < end; node++)
      sumRow(
          sources, starts[node], starts[node + 1], extents, weights, from, to + node * extents.heads * extents.width);
  });
  return z;
}

/// z[j, l, h, c] = sum over edges e from j of w[e, l, h] x[target of e, h, c]; [E, L, H], [N, H, C] to [N, L, H, C].
at::Tensor spread(const Edges &edges, const at::Tensor &w, const at::Tensor &x) {
  Extents extents{w.size(1), x.size(1), x.size(2)};
  if (!hasKernel(x)) {
    return segmentSum(
        w.index_select(0, edges.numbers).unsqueeze(-1) * x.index_select(0, edges.targets).unsqueeze(1),
        edges.sourceStarts);
  }
  auto z = at::zeros({x.size(0), extents.layers, extents.heads, extents.width}, x.options());
  auto a = w.contiguous(), b = x.contiguous();
  auto starts = data<int32_t>(edges.sourceStarts), targets = data<int32_t>(edges.targets);
  auto numbers = data<int32_t>(edges.numbers);
  auto weights = data<float>(a), from = data<float>(b);
  auto to = mutableData<float>(z);
  auto stride = extents.layers * extents.heads * extents.width;
  parallelFor(edges.nodes(), grain, [&](int64_t begin, int64_t end) {
    for (int64_t node = begin; node < end; node++)
      spreadRow(
          targets, numbers, starts[node], starts[node + 1], extents, weights, from, to + node * stride);
  });
  return z;
}

/// An operation on edges of two tensors. Each of the three is linear in both, and the others are its derivatives.
template <class Operation>
struct EdgeFunction : torch::autograd::Function<EdgeFunction<Operation>> {
  static at::Tensor forward(AutogradContext *context, const Edges &edges, const at::Tensor &x, const at::Tensor &y) {
    c10::impl::ExcludeDispatchKeyGuard guard{c10::autocast_dispatch_keyset};
    context->saved_data["edges"] = edges.saved();
    context->save_for_backward({x, y});
    return Operation::value(edges, x, y);
  }
  static variable_list backward(AutogradContext *context, variable_list gradients) {
    Edges edges(context->saved_data["edges"]);
    auto saved = context->get_saved_variables();
    // Places of the edges and of the two tensors among the arguments of forward.
    return {
        at::Tensor(), context->needs_input_grad(0) ? Operation::first(edges, gradients[0], saved[1]) : at::Tensor(),
        context->needs_input_grad(1) ? Operation::second(edges, gradients[0], saved[0]) : at::Tensor()};
  }
};

struct Dot {
  static at::Tensor value(const Edges &edges, const at::Tensor &x, const at::Tensor &y) { return dot(edges, x, y); }
  static at::Tensor first(const Edges &edges, const at::Tensor &gradient, const at::Tensor &y);
  static at::Tensor second(const Edges &edges, const at::Tensor &gradient, const at::Tensor &x);
};
struct Sum {
  static at::Tensor value(const Edges &edges, const at::Tensor &w, const at::Tensor &y) { return sum(edges, w, y); }
  static at::Tensor first(const Edges &edges, const at::Tensor &gradient, const at::Tensor &y) {
    return EdgeFunction<Dot>::apply(edges, gradient, y);
  }
  static at::Tensor second(const Edges &edges, const at::Tensor &gradient, const at::Tensor &w);
};
struct Spread {
  static at::Tensor value(const Edges &edges, const at::Tensor &w, const at::Tensor &x) { return spread(edges, w, x); }
  static at::Tensor first(const Edges &edges, const at::Tensor &gradient, const at::Tensor &x) {
    return EdgeFunction<Dot>::apply(edges, x, gradient);
  }
  static at::Tensor second(const Edges &edges, const at::Tensor &gradient, const at::Tensor &w) {
    return EdgeFunction<Sum>::apply(edges, w, gradient);
  }
};
at::Tensor Dot::first(const Edges &edges, const at::Tensor &gradient, const at::Tensor &y) {
  return EdgeFunction<Sum>::apply(edges, gradient, y);
}
at::Tensor Dot::second(const Edges &edges, const at::Tensor &gradient, const at::Tensor &x) {
  return EdgeFunction<Spread>::apply(edges, gradient, x);
}
at::Tensor Sum::second(const Edges &edges, const at::Tensor &gradient, const at::Tensor &w) {
  return EdgeFunction<Spread>::apply(edges, w, gradient);
}

/// Half precision, which mixed precision may bring, becomes float32: sums over many edges need it.
at::Tensor wide(const CTorchTensor *x) {
  auto type = unwrap(x).scalar_type();
  return type == at::kBFloat16 || type == at::kHalf ? unwrap(x).to(at::kFloat) : unwrap(x);
}

}  // namespace

CTorchTensor *ctorch_edge_dot(CTorchEdges edges, const CTorchTensor *x, const CTorchTensor *y) {
  return tensor([&] {
    Edges index(edges);
    auto a = wide(x), b = wide(y);
    TORCH_CHECK_VALUE(
        a.dim() == 3 && b.dim() == 4 && a.size(0) == index.nodes() && b.size(0) == index.nodes()
            && a.size(1) == b.size(2) && a.size(2) == b.size(3),
        "shapes ", a.sizes(), " and ", b.sizes(), " for ", index.nodes(), " nodes");
    return EdgeFunction<Dot>::apply(index, a, b);
  });
}
CTorchTensor *ctorch_edge_sum(CTorchEdges edges, const CTorchTensor *w, const CTorchTensor *y) {
  return tensor([&] {
    Edges index(edges);
    auto a = wide(w), b = wide(y);
    TORCH_CHECK_VALUE(
        a.dim() == 3 && b.dim() == 4 && a.size(0) == index.count() && b.size(0) == index.nodes()
            && a.size(1) == b.size(1) && a.size(2) == b.size(2),
        "weights of shape ", a.sizes(), " and rows of shape ", b.sizes(), " for ", index.nodes(), " nodes and ",
        index.count(), " edges");
    return EdgeFunction<Sum>::apply(index, a, b);
  });
}
