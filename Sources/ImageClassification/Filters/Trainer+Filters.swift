import Basics
import Networks
import Torch
import Training

extension Trainer where Task: ImageTask {
  /// For each filter of a convolution an image that excites it: from noise, by gradient ascent on the mean of the filter's
  /// activations over all pixels, in evaluation mode. Nothing makes the images smooth.
  ///
  /// Every step moves the pixels of an image by `rate`, in the root mean square. A filter that its noise does not excite
  /// beyond a rectifier has no gradient, and keeps its noise.
  ///
  /// **Source** Erhan et al. 2009; Launay et al. 2019, figure 3.
  /// - Parameters:
  ///   - path: The point at the end of the convolution; that of the second one when nil.
  ///   - steps: How often images are moved.
  ///   - rate: By how much, in standard deviations of pixels.
  ///   - seed: What the noise is drawn from.
  /// - Throws: `ConfigurationError` when there is no such point, or it has no channels.
  public func filters(at path: String? = nil, steps: Int, rate: Double, seed: UInt64) throws -> FilterImages {
    let device = task.store.device
    let generator = RandomGenerator(seed: derivedSeed(seed, "filters"), device: device)
    let shape = task.imageShape
    func activations(_ images: Tensor) -> [(point: FeedbackPoint, tensor: Tensor)] {
      let recorder = ActivationRecorder()
      _ = task.logits(images, Pass(.evaluation, generator: generator, recorder: recorder))
      return recorder.activations.filter { $0.tensor.rank == 4 }
    }
    let convolutions = withoutGradient { activations(.zeros([1] + shape, device: device)) }
    let known = convolutions.map(\.point.path)
    let chosen =
      path.map { path in convolutions.first { $0.point.path == path } } ?? convolutions.dropFirst().first
    guard let chosen else {
      throw ConfigurationError.value(
        key: "--point",
        reason: known.isEmpty
          ? "this network has no convolution"
          : noneOf(known, path ?? ""))
    }
    let (name, count) = (chosen.point.path, chosen.tensor.shape[1])
    let numbers = Tensor.range(0..<count, device: device).unsqueezed(1)
    /// What each image does to its own filter.
    func excitement(_ images: Tensor) -> Tensor {
      guard let all = activations(images).first(where: { $0.point.path == name })?.tensor else {
        return numbers
      }
      return all.reshaped([count, count, -1]).mean(2).elements(1, at: numbers).squeezed(1)
    }
    var images = generator.normal([count] + shape, deviation: 0.1)
    let initial = withoutGradient { excitement(images) }
    for _ in 0..<steps {
      let x = images.requiringGradient()
      guard let slope = gradients(of: [excitement(x).sum()], for: [x])[0] else { break }
      let size = (slope * slope).flattenedRows().mean(1).sqrt().clamped(minimum: 1e-12)
      images = (x + slope * rate / size.reshaped([count, 1, 1, 1])).detached()
    }
    return FilterImages(
      point: name, images: images, activations: withoutGradient { excitement(images) },
      initialActivations: initial)
  }
}
