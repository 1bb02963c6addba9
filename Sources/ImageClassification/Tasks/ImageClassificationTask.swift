import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Classification of images by a multilayer perceptron or a convolutional network.
///
/// **Source** Launay et al. 2019, sections 3.2 and 4.1.
public final class ImageClassificationTask: TrainingTask {
  /// `image`
  public static let name = "image"
  /// What the task is.
  public static let summary =
    "classify small images (Fashion-MNIST, MNIST, CIFAR) with dense layers or convolutions"
  /// The configurations with a name.
  public static let presets: [Preset<ImageConfiguration>] = ImageConfiguration.presets
  /// The accuracy on the training images set apart.
  public static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  /// The accuracy on the test images.
  public static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)
  /// The accuracy on training images, in evaluation mode; a run has it when its configuration asks for it.
  static let trainMetric = Metric("trainAccuracy", higherIsBetter: true, isFraction: true)

  /// The images.
  public static func datasets(_ configuration: ImageConfiguration) -> [Dataset] {
    [configuration.dataset.dataset]
  }

  /// The network's parameters.
  public let store: ParameterStore

  private let configuration: ImageConfiguration
  private let training: LabelledImages
  private let validation: LabelledImages
  private let test: LabelledImages
  private let normalization: PixelNormalization
  private let order: BatchOrder
  private let network: (Tensor, Pass) -> Tensor

  /// Reads the images and makes the perceptron.
  /// - Throws: `DataError` when the data are missing or damaged, `ConfigurationError` when validation would
  ///   leave no training image.
  public init(_ configuration: ImageConfiguration, _ environment: TaskEnvironment) throws {
    self.configuration = configuration
    let (dataset, device) = (configuration.dataset.dataset, environment.device)
    let images = try LabelledImages(dataset, .training, from: environment.datasets, device: device)
    let used = min(configuration.trainingImages, images.count)
    guard configuration.validationImages < used else {
      throw ConfigurationError.value(
        key: "validationImages",
        reason: "must be less than the \(used) training images, not \(configuration.validationImages)")
    }
    training = images.part(from: 0, count: used - configuration.validationImages)
    validation = images.part(from: training.count, count: configuration.validationImages)
    test = try LabelledImages(dataset, .test, from: environment.datasets, device: device)
    normalization = PixelNormalization(configuration.dataset.pixelStatistics, device: device)
    order = BatchOrder(
      count: training.count, batchSize: configuration.training.batchSize,
      seed: environment.seed, device: device)
    store = environment.parameterStore()
    network = ImageClassificationTask.network(configuration, images.imageShape, store.root)
  }

  /// The network on images.
  private static func network(
    _ settings: ImageConfiguration, _ imageShape: [Int], _ scope: Scope
  ) -> (Tensor, Pass) -> Tensor {
    let initializer: Initializer? = settings.initialization == .he ? .heNormal : nil
    switch settings.network {
    case .mlp:
      let bottleneck =
        settings.bottleneck == 0
        ? nil
        : Bottleneck(
          size: settings.bottleneck,
          publishedBatchSize: settings.published ? settings.training.batchSize : nil)
      let network = MultilayerPerceptron(
        scope, widths: [imageShape.reduce(1, *)] + settings.hidden + [settings.dataset.classes],
        activation: settings.activation, inputDropout: settings.inputDropout, dropout: settings.dropout,
        batchNorm: settings.batchNorm, bottleneck: bottleneck, initializer: initializer)
      return { network($0.flattenedRows(), $1) }
    case .cnn:
      let network = CIFARConvolutional(
        scope, imageShape: imageShape, classes: settings.dataset.classes, activation: settings.activation,
        inputDropout: settings.inputDropout, convolutionDropout: settings.convolutionDropout,
        dropout: settings.dropout, batchNorm: settings.batchNorm, initializer: initializer,
        published: settings.published)
      return { network($0, $1) }
    }
  }

  /// One group.
  public var parameterGroups: [ParameterGroup] {
    [ParameterGroup(store.parameters, weightDecay: configuration.optimizer.weightDecay)]
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int { order.stepsPerEpoch }

  /// The images of a step.
  public func batch(epoch: Int, step: Int) -> ImageBatch {
    batch(training.gathered(order.indices(epoch: epoch, step: step)))
  }

  /// Parts of the images.
  public func microBatches(of batch: ImageBatch, count: Int) -> [MicroBatch<ImageBatch>] {
    batch.parts(count)
  }

  /// The mean cross-entropy.
  public func loss(_ batch: ImageBatch, _ pass: Pass) -> Tensor {
    network(batch.inputs, pass).crossEntropy(batch.labels)
  }

  /// The accuracy and loss on the validation images, if there are any, and the accuracy on the test images and on as many
  /// of the training images as are asked for.
  public func evaluate(_ pass: Pass) -> [String: Double] {
    var metrics = ["testAccuracy": measure(test, pass).accuracy]
    let evaluated = min(configuration.evaluatedTrainingImages, training.count)
    if evaluated > 0 {
      metrics[Self.trainMetric.name] = measure(training.part(from: 0, count: evaluated), pass).accuracy
    }
    if validation.count > 0 {
      let validation = measure(validation, pass)
      metrics["validationAccuracy"] = validation.accuracy
      metrics["validationLoss"] = validation.loss
    }
    return metrics
  }

  /// The first validation images; test images where there are none.
  public func alignmentBatch() -> ImageBatch {
    let images = validation.count > 0 ? validation : test
    return batch(images.part(from: 0, count: min(1_000, images.count)))
  }

  private func batch(_ images: LabelledImages) -> ImageBatch {
    ImageBatch(inputs: images.normalized(by: normalization), labels: images.labels)
  }

  /// The means over all images, a thousand at a time.
  private func measure(_ images: LabelledImages, _ pass: Pass) -> ImageMetrics {
    var metrics = ImageMetrics()
    for start in stride(from: 0, to: images.count, by: 1_000) {
      let part = batch(images.part(from: start, count: min(1_000, images.count - start)))
      metrics.add(part, logits: network(part.inputs, pass))
    }
    return metrics
  }
}

extension ImageClassificationTask: ImageTask {
  /// That of the data set.
  public var imageShape: [Int] { training.imageShape }

  /// The network on images.
  public func logits(_ images: Tensor, _ pass: Pass) -> Tensor { network(images, pass) }
}
