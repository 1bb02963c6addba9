import DirectFeedback

/// The most a device reaches in a product of matrices, to which steps are compared.
package enum MatrixPeak {
  /// 10⁹ floating-point operations a second of the best of several float32 products of square matrices; a
  /// multiply-accumulate is two. The matrices are larger on a GPU, whose launch would count otherwise.
  package static func gflops(on device: Device, size: Int? = nil, repetitions: Int = 6) -> Double {
    let size = size ?? (device == .cpu ? 2_048 : 8_192)
    let generator = RandomGenerator(seed: 0, device: device)
    let (x, y) = (generator.normal([size, size]), generator.normal([size, size]))
    let seconds = (0..<repetitions).map { _ in
      let stopwatch = Stopwatch()
      _ = x.matmul(y)
      device.synchronize()
      return stopwatch.seconds
    }
    let operations = 2 * Double(size) * Double(size) * Double(size)
    return operations / (seconds.min() ?? .infinity) * 1e-9
  }
}
