import CTorch

extension Tensor {
  /// A tensor of one value.
  public static func full(
    _ shape: [Int], _ value: Double, dtype: DType = .float32, device: Device = .cpu
  ) -> Tensor {
    LibTorch.initialize()
    return made(ctorch_full(shape, shape.count, value, dtype.rawValue, device.handle), by: #function)
  }

  /// A tensor of zeros.
  public static func zeros(_ shape: [Int], dtype: DType = .float32, device: Device = .cpu) -> Tensor {
    full(shape, 0, dtype: dtype, device: device)
  }

  /// A tensor of ones.
  public static func ones(_ shape: [Int], dtype: DType = .float32, device: Device = .cpu) -> Tensor {
    full(shape, 1, dtype: dtype, device: device)
  }

  /// The identity matrix.
  ///
  /// **Shape** `[size, size]`
  public static func identity(_ size: Int, dtype: DType = .float32, device: Device = .cpu) -> Tensor {
    LibTorch.initialize()
    return made(ctorch_eye(size, dtype.rawValue, device.handle), by: #function)
  }

  /// The whole numbers of a range.
  public static func range(_ range: Range<Int>, dtype: DType = .int64, device: Device = .cpu) -> Tensor {
    LibTorch.initialize()
    return made(
      ctorch_arange(Double(range.lowerBound), Double(range.upperBound), 1, dtype.rawValue, device.handle),
      by: #function)
  }

  /// A tensor that holds a copy of `scalars`, in row-major order; of one dimension when no shape is given.
  public convenience init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: [Int]? = nil) {
    let bytes = scalars.count * MemoryLayout<Scalar>.stride
    let made = scalars.withUnsafeBytes {
      Tensor.copying($0, byteCount: bytes, shape: shape ?? [scalars.count], dtype: Scalar.dtype)
    }
    self.init(owning: made)
  }

  /// A scalar tensor of rank 0.
  public convenience init(_ value: Double, dtype: DType = .float32) {
    LibTorch.initialize()
    self.init(owning: ctorch_full([], 0, value, dtype.rawValue, Device.cpu.handle))
  }

  /// A tensor on the CPU that holds a copy of raw bytes in the machine's byte order.
  package convenience init(bytes: UnsafeRawBufferPointer, shape: [Int], dtype: DType) {
    self.init(owning: Tensor.copying(bytes, byteCount: bytes.count, shape: shape, dtype: dtype))
  }

  private static func copying(
    _ bytes: UnsafeRawBufferPointer, byteCount: Int, shape: [Int], dtype: DType
  ) -> OpaquePointer {
    LibTorch.initialize()
    if let handle = ctorch_from_bytes(bytes.baseAddress, byteCount, shape, shape.count, dtype.rawValue) {
      return handle
    }
    fail("Tensor(_:shape:)", LibTorch.lastError)
    return ctorch_full([], 0, 0, dtype.rawValue, Device.cpu.handle)
  }
}
