import CTorch

/// Runs `body` with the operands of matrix products and convolutions cast to `dtype`, and what needs single
/// precision (losses, softmax) left in it.
///
/// The casts are part of the graph: leaves keep their type, and so do their gradients.
package func withAutocast<Result>(
  to dtype: DType, on device: Device, _ body: () throws -> Result
) rethrows -> Result {
  let before = ctorch_set_autocast(device.handle, true, dtype.rawValue)
  defer { _ = ctorch_set_autocast(device.handle, before, dtype.rawValue) }
  return try body()
}
