import CTorch

/// An array of numbers of any rank on a device: a reference to a LibTorch tensor.
///
/// Operations make new tensors and record the graph that ``gradients(of:with:for:retainingGraph:)``
/// traverses; the few that change a tensor in place say so in their names. An operation that LibTorch refuses
/// traps with its name and operands, or throws inside ``withTorchErrors(_:)``.
///
/// Tensors may be handed to other threads; changing one in place while another thread reads it is a race, as
/// in LibTorch.
public final class Tensor: @unchecked Sendable {
  let handle: OpaquePointer

  /// A name for error messages, such as a parameter's path.
  package var label: String?

  /// Takes ownership of a handle.
  init(owning handle: OpaquePointer) { self.handle = handle }

  deinit { ctorch_tensor_free(handle) }

  /// The size of each dimension.
  public var shape: [Int] {
    let rank = ctorch_rank(handle)
    return [Int](unsafeUninitializedCapacity: rank) { buffer, count in
      if rank > 0 { ctorch_shape(handle, buffer.baseAddress) }
      count = rank
    }
  }

  /// The number of dimensions.
  public var rank: Int { ctorch_rank(handle) }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// The type of the elements.
  public var dtype: DType {
    guard let dtype = DType(rawValue: ctorch_dtype(handle)) else {
      fatalError(
        "a tensor has LibTorch's element type \(ctorch_dtype(handle)), which this package does not know")
    }
    return dtype
  }

  /// Where the tensor lies.
  public var device: Device { Device(ctorch_device(handle)) }

  /// Bytes of the elements.
  public var byteCount: Int { count * dtype.byteCount }

  /// Whether operations on the tensor are recorded for gradients.
  public var requiresGradient: Bool { ctorch_requires_grad(handle) }

  /// Whether the elements lie in memory in order, without gaps.
  package var isContiguous: Bool { ctorch_is_contiguous(handle) }

  /// Whether both are the same tensor of LibTorch.
  package func isSame(as other: Tensor) -> Bool { ctorch_is_same(handle, other.handle) }

  /// The label, shape and type, for error messages.
  var summary: String {
    "\(label.map { $0 + " " } ?? "")\(shape) \(dtype)"
  }
}

extension Tensor: CustomStringConvertible {
  /// Shape, type and device, and the values of a small tensor.
  public var description: String {
    let values = dtype.isFloatingPoint && count <= 64 ? " \(to(.float64).scalars(Double.self))" : ""
    return "Tensor(\(shape), \(dtype), \(device))\(values)"
  }
}

// MARK: - Calling the shim

extension Tensor {
  /// The tensor that the shim made, or the failure's report and a placeholder.
  static func made(
    _ handle: OpaquePointer?, by operation: StaticString, from operands: @autoclosure () -> [Tensor] = []
  ) -> Tensor {
    if let handle { return Tensor(owning: handle) }
    fail("\(operation)", operands: operands(), LibTorch.lastError)
    return placeholder
  }

  /// What operations return after a failure inside `withTorchErrors`.
  static var placeholder: Tensor { Tensor.zeros([]) }

  func call(as operation: StaticString = #function, _ body: (OpaquePointer) -> OpaquePointer?) -> Tensor {
    withExtendedLifetime(self) { Tensor.made(body(handle), by: operation, from: [self]) }
  }

  func call(
    with other: Tensor, as operation: StaticString = #function,
    _ body: (OpaquePointer, OpaquePointer) -> OpaquePointer?
  ) -> Tensor {
    withExtendedLifetime((self, other)) {
      Tensor.made(body(handle, other.handle), by: operation, from: [self, other])
    }
  }

  /// Runs a body that changes a tensor and makes none.
  func change(
    with others: [Tensor] = [], as operation: StaticString = #function,
    _ body: (OpaquePointer) -> CTorchStatus
  ) {
    withExtendedLifetime((self, others)) {
      if !body(handle) { fail("\(operation)", operands: [self] + others, LibTorch.lastError) }
    }
  }
}

/// The handles of a list of tensors, alive for the call of `body`.
func withHandles<Result>(_ tensors: [Tensor?], _ body: ([OpaquePointer?]) -> Result) -> Result {
  withExtendedLifetime(tensors) { body(tensors.map { $0?.handle }) }
}
