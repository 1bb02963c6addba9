import Torch

/// A dense or sparse feedback matrix that is drawn anew for each projection, a block of columns at a time.
///
/// The elements are those of the stored matrix, bit for bit; projections agree up to the rounding of sums, which
/// are made in blocks here and at once there.
struct RegeneratedMatrix: FeedbackMatrix {
  let draw: FeedbackDraw
  /// The probability that an element is not 0.
  let density: Double

  var device: Device { draw.device }
  var errorWidth: Int { draw.errorWidth }
  var width: Int { draw.width }
  var tensors: [String: Tensor] { [:] }

  func project(_ error: Tensor) -> Tensor {
    draw.project(error) { draw.elements($0, density: density) }
  }
}
