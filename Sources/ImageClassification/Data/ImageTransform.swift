import Torch

/// Cuts images to one size.
public struct ImageTransform: Sendable {
  /// To how many pixels the shorter side is scaled first, the longer one in proportion; nil leaves images as they are.
  public let resized: Int?
  /// The side of the square that is cropped.
  public let cropped: Int
  /// Whether half of the images trained on are mirrored, left to right.
  public let flips: Bool

  /// Squares of a side, cropped from images that are scaled before; mirrored or not.
  public init(resized: Int?, cropped: Int, flips: Bool) {
    (self.resized, self.cropped, self.flips) = (resized, cropped, flips)
  }

  /// A square from anywhere in the image, mirrored or not.
  ///
  /// **Shape** `[channels, ...]` to `[channels, cropped, cropped]`
  /// - Parameters:
  ///   - image: The pixels.
  ///   - bits: What decides, equally distributed.
  /// - Returns: Nil when the image is smaller than the square.
  public func random(_ image: Tensor, bits: UInt64) -> Tensor? {
    square(image) { Int((bits >> $0) & 0xff_ffff) % ($1 + 1) }.map {
      flips && bits >> 63 == 1 ? $0.flipped(2) : $0
    }
  }

  /// The square in the middle of the image.
  ///
  /// **Shape** `[channels, ...]` to `[channels, cropped, cropped]`
  /// - Returns: Nil when the image is smaller than the square.
  public func central(_ image: Tensor) -> Tensor? { square(image) { $1 / 2 } }

  /// - Parameter offset: The first row or column, given the first of 24 random bits and how many rows or columns are left
  ///   over.
  private func square(_ image: Tensor, offset: (_ bit: UInt64, _ spare: Int) -> Int) -> Tensor? {
    let image = scaled(image)
    let (height, width) = (image.shape[1], image.shape[2])
    guard min(height, width) >= cropped else { return nil }
    return image.narrowed(1, start: offset(0, height - cropped), length: cropped)
      .narrowed(2, start: offset(24, width - cropped), length: cropped)
  }

  private func scaled(_ image: Tensor) -> Tensor {
    let (height, width) = (image.shape[1], image.shape[2])
    let shorter = min(height, width)
    guard let resized, shorter != resized else { return image }
    func side(_ pixels: Int) -> Int { max(resized, (pixels * resized + shorter / 2) / shorter) }
    return image.unsqueezed(0).contiguous().resizedBilinear(height: side(height), width: side(width))
      .squeezed(0)
  }
}
