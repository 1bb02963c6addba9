import Networks
import Torch

/// The upper part of a ``RadianceField`` whose colours depend on the direction: a density, and a feature that with the encoded
/// direction makes a colour.
///
/// **Shape** `[P, width]` and encoded directions `[P, D]` to raw colour and density `[P, 4]`
struct DirectedColor {
  let density: Linear
  private let feature, direction, color: Linear
  private let featurePoint, directionPoint: FeedbackPoint

  init(_ scope: Scope, width: Int, octaves: Int, of output: FeedbackOutput) {
    density = Linear(scope / "density", width, 1)
    feature = Linear(scope / "feature", width, width)
    direction = Linear(scope / "direction", width + PositionalEncoding(octaves: octaves).width, width / 2)
    color = Linear(scope / "color", width / 2, 3)
    featurePoint = FeedbackPoint(scope / "feature", of: output)
    directionPoint = FeedbackPoint(scope / "direction", of: output)
  }

  func callAsFunction(_ hidden: Tensor, _ directions: Tensor, _ pass: Pass) -> Tensor {
    let seen = featurePoint(feature(hidden, pass).reluInPlace(), pass)
    let lit = Tensor.concatenated([seen, directions], 1)
    let shaded = directionPoint(direction(lit, pass).reluInPlace(), pass)
    return Tensor.concatenated([color(shaded, pass), density(hidden, pass)], 1)
  }
}
