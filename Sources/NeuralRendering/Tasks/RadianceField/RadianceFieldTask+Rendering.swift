import Networks
import Torch
import Training

extension RadianceFieldTask: RenderingTask {
  /// How many points networks are asked about at a time, where nothing is learned: a GPU needs more of them to be busy.
  private static let pointsAtATime = 65_536
  private static let pointsAtATimeOnGPU = 1_048_576

  /// What a camera sees.
  public func render(_ camera: Camera, _ pass: Pass, progress: (Double) -> Void) throws -> RenderedImage {
    let parts = seen(camera, pass, progress: progress)
    func scalars(_ part: (RenderedRays) -> Tensor) -> [Float] {
      Tensor.concatenated(parts.map(part)).to(.float32, .cpu).scalars()
    }
    return RenderedImage(
      width: camera.width, height: camera.height, colors: scalars(\.colors), depth: scalars(\.depth),
      opacity: scalars(\.opacity))
  }

  /// Density and colour at points.
  public func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (
    density: Tensor, color: Tensor
  ) { model.field(at: points, from: directions, pass) }

  /// The colours that a camera sees.
  ///
  /// **Shape** `[height, width, 3]`
  func colors(_ camera: Camera, _ pass: Pass) -> Tensor {
    Tensor.concatenated(seen(camera, pass).map(\.colors)).reshaped([camera.height, camera.width, 3])
  }

  private func seen(_ camera: Camera, _ pass: Pass, progress: (Double) -> Void = { _ in }) -> [RenderedRays] {
    let caster = RayCaster(camera, scene.space, configuration.pixelPoint)
    let count = camera.width * camera.height
    let points = store.device == .cpu ? Self.pointsAtATime : Self.pointsAtATimeOnGPU
    let step = max(1, points / model.pointsPerRay)
    return stride(from: 0, to: count, by: step).map { start in
      let pixels = start..<min(start + step, count)
      let rays = caster.rays(of: camera, pixels: pixels, on: store.device)
      let rendered = model(rays, pass).image
      progress(Double(pixels.upperBound) / Double(count))
      return rendered
    }
  }
}
