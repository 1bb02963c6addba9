import Torch

/// The views of a part of a scene as tensors, from which rays and their colours are drawn.
package final class Photographs {
  private let pixels: Tensor
  private let poses: Tensor
  private let caster: RayCaster
  private let background: Double
  private let viewCount: Int

  /// The tensors of views.
  /// - Parameters:
  ///   - views: At least one; all of one size.
  ///   - caster: Makes rays of their pixels.
  ///   - background: The grey behind what is transparent.
  ///   - device: Where tensors lie.
  package init(_ views: [SceneView], _ caster: RayCaster, background: Double, on device: Device) {
    pixels = Tensor(views.flatMap(\.pixels), shape: [views.count * caster.width * caster.height, 4]).to(
      device)
    poses = Tensor.stacked(views.map { RayCaster.tensor($0.camera.pose) }).to(device)
    (self.caster, self.background, viewCount) = (caster, background, views.count)
  }

  /// Rays drawn at random.
  /// - Parameters:
  ///   - count: How many.
  ///   - step: The step that they are for.
  ///   - isOneView: Whether all are of one view, without repetition; otherwise each is of any.
  ///   - crop: The share of the width and height, in the middle, from which they are drawn.
  ///   - generator: What they are drawn from, on the CPU.
  package func batch(
    _ count: Int, step: Int, isOneView: Bool, crop: Double, _ generator: RandomGenerator
  ) -> RayBatch {
    let columns = min(caster.width, max(1, Int((Double(caster.width) * crop).rounded())))
    let rows = min(caster.height, max(1, Int((Double(caster.height) * crop).rounded())))
    let area = Double(columns * rows)
    let (views, places): (Tensor, Tensor)
    if isOneView {
      let view = (generator.uniform([1], dtype: .float64) * Double(viewCount)).floor()
      let order = generator.permutation(columns * rows)
      places = order.narrowed(0, start: 0, length: min(count, columns * rows)).to(.float64)
      views = view.expanded(places.shape)
    } else {
      let drawn = (generator.uniform([count], dtype: .float64) * (area * Double(viewCount))).floor()
      views = (drawn / area).floor()
      places = drawn - views * area
    }
    let row = (places / Double(columns)).floor()
    let column = places - row * Double(columns) + Double((caster.width - columns) / 2)
    return batch(step, views: views, columns: column, rows: row + Double((caster.height - rows) / 2))
  }

  private func batch(_ step: Int, views: Tensor, columns: Tensor, rows: Tensor) -> RayBatch {
    let device = pixels.device
    let place = (views * Double(caster.height) + rows) * Double(caster.width) + columns
    let rays = caster.rays(
      columns: columns.to(.float32, device), rows: rows.to(.float32, device),
      poses: poses.gathered(0, views.to(.int64, device)))
    return RayBatch(
      step: step, rays: rays, colors: colors(pixels.gathered(0, place.to(.int64, device))))
  }

  /// The colours of a view over the background.
  ///
  /// **Shape** `[height, width, 3]`
  package func image(_ view: Int) -> Tensor {
    let count = caster.width * caster.height
    return colors(pixels.narrowed(0, start: view * count, length: count))
      .reshaped([caster.height, caster.width, 3])
  }

  private func colors(_ pixels: Tensor) -> Tensor {
    let values = pixels.to(.float32) / 255
    let opacity = values.narrowed(1, start: 3, length: 1)
    let seen = values.narrowed(1, start: 0, length: 3) * opacity
    return background == 0 ? seen : seen + (opacity * -1 + 1) * background
  }
}
