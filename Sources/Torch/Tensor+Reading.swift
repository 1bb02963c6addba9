import CTorch

extension Tensor {
  /// The one element of the tensor. On CUDA this waits for the device.
  public var item: Double {
    var value = 0.0
    change { ctorch_item($0, &value) }
    return value
  }

  /// A copy of the elements in row-major order; `Scalar` must be the tensor's element type.
  public func scalars<Scalar: TensorScalar>(_ type: Scalar.Type = Scalar.self) -> [Scalar] {
    guard dtype == Scalar.dtype else {
      fail(
        "scalars(_:)", operands: [self], "asked for \(Scalar.dtype); convert with to(.\(Scalar.dtype)) first")
      return []
    }
    let count = count
    return [Scalar](unsafeUninitializedCapacity: count) { buffer, initialized in
      copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }

  /// Copies the elements in row-major order to memory of exactly ``byteCount`` bytes.
  package func copyBytes(to buffer: UnsafeMutableRawBufferPointer) {
    change { ctorch_to_bytes($0, buffer.baseAddress, buffer.count) }
  }

  /// Whether both have the same type, shape and elements. NaN differs from itself.
  public func equals(_ other: Tensor) -> Bool {
    var result = false
    change(with: [other]) { ctorch_equal($0, other.handle, &result) }
    return result
  }

  /// Whether all elements are finite.
  public var isAllFinite: Bool { call { ctorch_isfinite($0) }.all().item == 1 }
}
