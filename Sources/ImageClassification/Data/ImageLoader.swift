import Datasets
import Networks
import Torch
import Training

/// Reads batches of images on background threads, cropped to one size.
final class ImageLoader: Sendable {
  /// The images of a step, as they are in memory.
  private struct Pixels: Sendable {
    /// **Shape** `[B, 3, cropped, cropped]`, `uint8`
    let images: Tensor
    /// **Shape** `[B]`, `int64`
    let labels: Tensor
  }

  private let prefetcher: Prefetcher<Pixels>
  private let normalization: PixelNormalization
  private let device: Device

  /// - Parameters:
  ///   - settings: How images are cropped, and on how many threads.
  ///   - skipped: Where images that are left out are counted.
  ///   - source: The images.
  ///   - device: Where batches lie.
  ///   - members: Which images are in the batch of a number.
  ///   - bits: What decides on the square of an image, from the number of the batch and its own: nil cuts it from
  ///     the middle.
  init(
    _ settings: VGG16Configuration, _ source: any ImageSource, skipped: SkippedImages, device: Device,
    members: @escaping @Sendable (Int) -> [Int],
    bits: (@Sendable (_ batch: Int, _ index: Int) -> UInt64)? = nil
  ) {
    let transform = ImageTransform(
      resized: settings.resized, cropped: settings.cropped, flips: settings.flips)
    let skips = settings.skipsDamaged
    prefetcher = Prefetcher(ahead: settings.loaders) { number in
      var (images, labels) = ([Tensor](), [Int64]())
      for index in members(number) {
        do {
          images.append(try transform.square(of: source, index, bits: bits?(number, index)))
          labels.append(Int64(source.label(index)))
        } catch {
          guard skips else { throw error }
          skipped.insert(source.name(index))
        }
      }
      return Pixels(
        images: images.isEmpty
          ? Tensor.zeros([0, 3, settings.cropped, settings.cropped], dtype: .uint8) : Tensor.stacked(images),
        labels: Tensor(labels))
    }
    normalization = PixelNormalization(.imageNet, device: device)
    self.device = device
  }

  /// The batch of a number; with fewer images, even none, where some were left out.
  /// - Parameters:
  ///   - number: From 0 on.
  ///   - count: How many batches there are.
  /// - Throws: `DataError` for the first image that cannot be read, unless those are left out.
  func batch(_ number: Int, of count: Int = .max) throws -> ImageBatch {
    let pixels = try prefetcher.value(number, of: count)
    return ImageBatch(inputs: normalization(pixels.images.to(device)), labels: pixels.labels.to(device))
  }
}

extension ImageTransform {
  /// The square of an image that is cropped as `bits` say, or from the middle where there are none.
  fileprivate func square(of source: any ImageSource, _ index: Int, bits: UInt64?) throws(DataError) -> Tensor
  {
    let image = try source.pixels(index)
    guard let square = bits.map({ random(image, bits: $0) }) ?? central(image) else {
      throw .malformed(
        path: source.name(index), offset: nil,
        reason:
          "\(image.shape[2]) x \(image.shape[1]) pixels are less than the square of \(cropped); set resized, or "
          + "skipsDamaged")
    }
    return square
  }
}
