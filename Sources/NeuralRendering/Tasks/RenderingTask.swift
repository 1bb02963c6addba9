import Networks
import Torch
import Training

/// A task whose network can be seen from any camera, and asked at any point.
public protocol RenderingTask: TrainingTask {
  /// The photographs.
  var scene: RadianceScene { get }

  /// What a camera sees; without jitter or noise, in parts that bound memory.
  /// - Parameters:
  ///   - camera: The camera, of any size.
  ///   - pass: A pass of evaluation, without a graph.
  ///   - progress: Told after each part which share of the image is done.
  func render(_ camera: Camera, _ pass: Pass, progress: (Double) -> Void) throws -> RenderedImage

  /// The density and colour at points, seen in directions; of the network that images are made by.
  ///
  /// **Shape** points and unit directions `[P, 3]`, any number of them, to densities `[P]` (at least 0, per unit of length) and
  /// colours `[P, 3]` (0 to 1)
  func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (density: Tensor, color: Tensor)
}
