import Torch

/// Makes the rays of pixels.
///
/// The pixel in column x and row y is seen along `((x - W/2) / f, -(y - H/2) / f, -1)` in the camera's coordinates. In normalised device
/// coordinates the ray then starts at the near plane, which is at distance 1, and reaches infinity at distance 1 along it.
///
/// **Source** Mildenhall et al. 2020, section 4 and appendix C.
package struct RayCaster {
  /// The cameras' images, all of one size.
  let width, height: Int
  /// The cameras' focal length, in pixels.
  let focal: Double
  let space: RadianceScene.Space
  let pixelPoint: PixelPoint

  /// For cameras of the size and focal length of one.
  package init(_ camera: Camera, _ space: RadianceScene.Space, _ pixelPoint: PixelPoint) {
    (width, height, focal) = (camera.width, camera.height, camera.focal)
    (self.space, self.pixelPoint) = (space, pixelPoint)
  }

  /// The axes and the place of a camera, as ``rays(columns:rows:poses:)`` takes them.
  ///
  /// **Shape** `[4, 3]`: right, up, backward, position
  package static func tensor(_ pose: CameraPose) -> Tensor {
    let vectors = [pose.right, pose.up, pose.backward, pose.position]
    return Tensor(vectors.flatMap { [Float($0.x), Float($0.y), Float($0.z)] }, shape: [4, 3])
  }

  /// The rays of pixels.
  /// - Parameters:
  ///   - columns: The column of each, from 0, `[R]`.
  ///   - rows: The row of each, from 0, `[R]`.
  ///   - poses: The pose of each, `[R, 4, 3]`, or of all, `[1, 4, 3]`.
  package func rays(columns: Tensor, rows: Tensor, poses: Tensor) -> Rays {
    let x = (columns + (pixelPoint.offset - Double(width) / 2)) / focal
    let y = (rows + (pixelPoint.offset - Double(height) / 2)) / -focal
    let local = Tensor.stacked([x, y, Tensor.full(x.shape, -1, device: x.device)], 1)
    let directions = (local.unsqueezed(2) * poses.narrowed(1, start: 0, length: 3)).sum(1)
    let origins = poses.selected(1, 3).expanded(directions.shape)
    let views = directions / directions.norm(1, keepingDimension: true)
    guard space == .normalizedDevice else {
      return Rays(origins: origins, directions: directions, viewDirections: views)
    }
    let (start, end) = normalizedDevice(origins, directions)
    return Rays(origins: start, directions: end, viewDirections: views)
  }

  /// The rays of a camera's pixels, numbered row after row from the top.
  package func rays(of camera: Camera, pixels: Range<Int>, on device: Device) -> Rays {
    let indices = Tensor.range(pixels, dtype: .float64, device: device)
    let rows = (indices / Double(width)).floor()
    let columns = indices - rows * Double(width)
    return rays(
      columns: columns.to(.float32), rows: rows.to(.float32),
      poses: RayCaster.tensor(camera.pose).to(device).unsqueezed(0))
  }

  private func normalizedDevice(_ origins: Tensor, _ directions: Tensor) -> (Tensor, Tensor) {
    func z(_ vectors: Tensor) -> Tensor { vectors.narrowed(1, start: 2, length: 1) }
    func xy(_ vectors: Tensor) -> Tensor { vectors.narrowed(1, start: 0, length: 2) }
    let near = origins - (z(origins) + 1) / z(directions) * directions
    let scale = Tensor([-2 * focal / Double(width), -2 * focal / Double(height)].map { Float($0) })
      .to(origins.device)
    let inverse = z(near).reciprocal()
    let place = xy(near) * inverse
    let start = Tensor.concatenated([scale * place, inverse * 2 + 1], 1)
    let way = xy(directions) / z(directions) - place
    return (start, Tensor.concatenated([scale * way, inverse * -2], 1))
  }
}
