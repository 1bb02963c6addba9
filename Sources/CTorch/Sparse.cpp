#include "Guard.h"

#include <torch/csrc/autograd/custom_function.h>

using namespace ctorch;

namespace {

/// Swallows warnings: LibTorch announces at the first CSR matrix that the layout is "in beta".
struct Silence final : c10::WarningHandler {
  void process(const c10::Warning &) override {}
};

/// matrix @ x with the transpose at hand. LibTorch's own derivative of a CSR product transposes the matrix in every
/// backward pass, which costs hundreds of times the product itself.
struct SparseMatmul : torch::autograd::Function<SparseMatmul> {
  static at::Tensor forward(
      torch::autograd::AutogradContext *context, const at::Tensor &matrix, const at::Tensor &transposed,
      const at::Tensor &x) {
    // Sparse products have no half precision.
    c10::impl::ExcludeDispatchKeyGuard guard{c10::autocast_dispatch_keyset};
    context->saved_data["transposed"] = transposed;
    return at::matmul(matrix, x);
  }
  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext *context, torch::autograd::variable_list gradients) {
    auto transposed = context->saved_data["transposed"].toTensor();
    return {at::Tensor(), at::Tensor(), at::matmul(transposed, gradients[0].contiguous())};
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
      return at::matmul(unwrap(matrix), unwrap(x));
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
