import DirectFeedback

/// The most a device reaches in a product of matrices, to which steps are compared.
package enum MatrixPeak {
  /// 10⁹ floating-point operations a second of the best of several float32 products of square matrices; a
  /// multiply-accumulate is two.
  package static func gflops(on device: Device, size: Int = 2_048, repetitions: Int = 6) -> Double {
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
