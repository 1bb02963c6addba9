import Torch

/// What decides a feedback matrix, and how its blocks are drawn.
package struct FeedbackDraw: Sendable {
  /// What the elements are drawn by.
  let generator: CounterGenerator
  /// What elements are drawn from, or whose root mean square they have.
  let distribution: FeedbackConfiguration.Distribution
  /// The number of rows.
  let errorWidth: Int
  /// The number of columns.
  let width: Int
  /// What the elements are divided by.
  let divisor: Double
  /// The device that holds and multiplies the matrix.
  let device: Device
  /// The bytes of a block of columns as `float32`: small enough for a processor's caches.
  package var blockBytes = 8 << 20

  /// A matrix of a seed.
  package init(
    seed: UInt64, _ distribution: FeedbackConfiguration.Distribution, errorWidth: Int, width: Int,
    divisor: Double, device: Device
  ) {
    generator = CounterGenerator(seed: seed)
    self.distribution = distribution
    self.errorWidth = errorWidth
    self.width = width
    self.divisor = divisor
    self.device = device
  }

  /// The root mean square of the elements.
  var rootMeanSquare: Double {
    switch distribution {
    case .uniform: (1.0 / 3).squareRoot() / divisor
    case .normal: 1 / divisor
    }
  }

  /// The columns in blocks.
  ///
  /// Long blocks end where a group of the generator's does, so that no group is drawn twice.
  var blocks: [Range<Int>] {
    let fitting = Swift.max(blockBytes / (4 * Swift.max(errorWidth, 1)), 1)
    let group = [2048, 64].first { fitting >= $0 } ?? 1
    let length = fitting / group * group
    return stride(from: 0, to: width, by: length).map { $0..<Swift.min($0 + length, width) }
  }

  /// Elements of the distribution in these columns, divided; each kept with the probability `density` and then
  /// divided by its square root.
  func elements(_ columns: Range<Int>, density: Double = 1) -> Tensor {
    let kind: CounterGenerator.Distribution =
      switch distribution {
      case .uniform: .uniform
      case .normal: .normal
      }
    let scale = 1 / (divisor * density.squareRoot())
    return generator.block(kind, rows: 0..<errorWidth, columns: columns, scale: scale, density: density)
  }

  /// The product of an error with a matrix of which `block` yields columns, block by block.
  func project(_ error: Tensor, by block: (Range<Int>) -> Tensor) -> Tensor {
    let result = Tensor.zeros([error.shape[0], width], device: device)
    for columns in blocks {
      result.narrowed(1, start: columns.lowerBound, length: columns.count)
        .copy(from: error.matmul(block(columns).to(device)))
    }
    return result
  }
}
