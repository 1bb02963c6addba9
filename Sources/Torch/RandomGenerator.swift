import CTorch

/// A stream of random numbers on a device, given by its seed.
///
/// Not to be used by two threads at once.
public final class RandomGenerator: @unchecked Sendable {
  let handle: OpaquePointer
  /// The device whose tensors it fills.
  public let device: Device

  /// The stream of `seed`.
  public init(seed: UInt64, device: Device = .cpu) {
    LibTorch.initialize()
    guard let handle = ctorch_generator_new(device.handle, seed) else {
      fatalError("RandomGenerator(seed: \(seed), device: \(device)): \(LibTorch.lastError)")
    }
    self.handle = handle
    self.device = device
  }

  deinit { ctorch_generator_free(handle) }

  /// The position in the stream, as bytes; setting it goes back there.
  public var state: Tensor {
    get {
      withExtendedLifetime(self) { Tensor.made(ctorch_generator_state(handle), by: "RandomGenerator.state") }
    }
    set {
      newValue.change(as: "RandomGenerator.state") { ctorch_generator_set_state(handle, $0) }
    }
  }

  /// Uniform numbers in [low, high).
  public func uniform(
    _ shape: [Int], from low: Double = 0, to high: Double = 1, dtype: DType = .float32
  ) -> Tensor {
    withExtendedLifetime(self) {
      Tensor.made(
        ctorch_uniform(shape, shape.count, low, high, dtype.rawValue, device.handle, handle), by: #function)
    }
  }

  /// Normal numbers.
  public func normal(
    _ shape: [Int], mean: Double = 0, deviation: Double = 1, dtype: DType = .float32
  ) -> Tensor {
    withExtendedLifetime(self) {
      Tensor.made(
        ctorch_normal(shape, shape.count, mean, deviation, dtype.rawValue, device.handle, handle),
        by: #function)
    }
  }

  /// The numbers 0 ..< count in random order, as `int64`.
  public func permutation(_ count: Int) -> Tensor {
    withExtendedLifetime(self) {
      Tensor.made(ctorch_permutation(count, device.handle, handle), by: #function)
    }
  }
}
