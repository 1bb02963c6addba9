/// What a camera sees of a radiance field.
public struct RenderedImage: Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue over the background, from 0 to 1, row after row from the top.
  ///
  /// **Shape** `[height, width, 3]`
  public let colors: [Float]
  /// The expected distance along the ray, in units of its direction's length, of what stops it.
  ///
  /// **Shape** `[height, width]`
  public let depth: [Float]
  /// The share of light that something stops, from 0 to 1.
  ///
  /// **Shape** `[height, width]`
  public let opacity: [Float]

  /// An image.
  public init(width: Int, height: Int, colors: [Float], depth: [Float], opacity: [Float]) {
    precondition(colors.count == width * height * 3)
    precondition(depth.count == width * height && opacity.count == width * height)
    (self.width, self.height) = (width, height)
    (self.colors, self.depth, self.opacity) = (colors, depth, opacity)
  }
}
