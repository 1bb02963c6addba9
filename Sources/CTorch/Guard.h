// What every .cpp file here shares: handles, and the conversion of exceptions into a status and a message.
#pragma once

#if !__has_include(<ATen/core/Tensor.h>)
#error "LibTorch was not found. Run Scripts/bootstrap, or set LIBTORCH to a folder that holds include/ and lib/."
#endif

// Operators are included by name where they are used: <ATen/ATen.h>, all of them, takes several times as long to compile.
#include <ATen/core/Tensor.h>
#include <c10/core/GradMode.h>

#include <string>

#include "CTorch.h"

namespace ctorch {

/// Keeps the message of this thread's last failure.
void remember(std::string message) noexcept;

inline const at::Tensor &unwrap(const CTorchTensor *x) { return *reinterpret_cast<const at::Tensor *>(x); }
inline at::Tensor &unwrap(CTorchTensor *x) { return *reinterpret_cast<at::Tensor *>(x); }

inline std::optional<at::Tensor> optional(const CTorchTensor *x) {
  return x == nullptr ? std::nullopt : std::optional<at::Tensor>(unwrap(x));
}

/// A new owned handle; NULL for an undefined tensor.
inline CTorchTensor *wrap(at::Tensor x) {
  return x.defined() ? reinterpret_cast<CTorchTensor *>(new at::Tensor(std::move(x))) : nullptr;
}

inline at::IntArrayRef sizes(const intptr_t *values, intptr_t count) {
  static_assert(sizeof(intptr_t) == sizeof(int64_t));
  return {reinterpret_cast<const int64_t *>(values), static_cast<size_t>(count)};
}

/// A missing handle (NULL) becomes an undefined tensor.
inline std::vector<at::Tensor> list(CTorchTensor *const *tensors, intptr_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (intptr_t i = 0; i < count; i++) result.push_back(tensors[i] ? unwrap(tensors[i]) : at::Tensor());
  return result;
}

inline at::Device device(CTorchDevice device) {
  return device.kind == 1 ? at::Device(at::kCUDA, device.index) : at::Device(at::kCPU);
}

inline at::TensorOptions options(int8_t dtype, CTorchDevice on) {
  return at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)).device(device(on));
}

/// The elements of a contiguous tensor. LibTorch's own templates have names in 2.11 that clang writes in another way.
template <class Element>
const Element *data(const at::Tensor &x) { return static_cast<const Element *>(x.const_data_ptr()); }
template <class Element>
Element *mutableData(const at::Tensor &x) { return static_cast<Element *>(x.mutable_data_ptr()); }

template <class Body>
bool succeeds(Body body) noexcept {
  try {
    body();
    return true;
  } catch (const c10::Error &error) {
    remember(error.what_without_backtrace());
  } catch (const std::exception &error) {
    remember(error.what());
  } catch (...) {
    remember("unknown C++ exception");
  }
  return false;
}

/// Runs a body that makes a tensor.
template <class Body>
CTorchTensor *tensor(Body body) noexcept {
  CTorchTensor *result = nullptr;
  return succeeds([&] { result = wrap(body()); }) ? result : nullptr;
}

/// Runs a body that makes nothing.
template <class Body>
CTorchStatus status(Body body) noexcept {
  return succeeds(body);
}

}  // namespace ctorch
