import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// Classification of small images, which are kept in memory, by an ``ImageModel``.
///
/// **Source** Launay et al. 2019, sections 3.2 and 4.1.
public final class ImageClassificationTask: TrainingTask {
  /// `image`
  public static let name = "image"
  /// What the task is.
  public static let summary =
    "classify small images (Fashion-MNIST, MNIST, CIFAR, your own) with dense layers or convolutions"
  /// The configurations with a name.
  public static let presets = ImageClassificationConfiguration.presets
  /// The accuracy and the mean cross-entropy.
  public static let metrics = [Metric.accuracy, .loss]

  /// The data set; none for images of one's own, which no catalogue knows.
  public static func datasets(_ configuration: ImageClassificationConfiguration) -> [Dataset] {
    configuration.dataset.datasets
  }

  /// That of the data set, or of the files of one's own images.
  public static func dataDigest(
    _ configuration: ImageClassificationConfiguration, in datasets: DatasetStore
  ) throws -> String { try configuration.dataset.digest(in: datasets) }

  /// The network's parameters.
  public let store: ParameterStore

  private let training: LabelledImages
  private let evaluatedTraining: LabelledImages
  private let validation: LabelledImages
  private let test: LabelledImages
  private let normalization: PixelNormalization
  private let order: BatchOrder
  private let network: any ImageModel

  /// Reads the images and makes the network.
  /// - Throws: `DataError` when the data are missing or damaged, `ConfigurationError` when validation would
  ///   leave no training image.
  public init(_ configuration: ImageClassificationConfiguration, _ environment: TaskEnvironment) throws {
    let (sets, device) = (try ImageSets(configuration, environment), environment.device)
    let images = sets.training
    let settings = configuration.model.settings
    try settings.check(imageShape: images.imageShape)
    let used = min(configuration.trainingImages ?? images.count, images.count)
    let apart = sets.validation == nil ? configuration.validationImages : 0
    guard apart < used else {
      throw ConfigurationError.value(
        key: "validationImages",
        reason: "must be less than the \(used) training images, not \(apart)")
    }
    training = images.part(from: 0, count: used - apart)
    evaluatedTraining = training.part(
      from: 0, count: min(configuration.evaluatedTrainingImages, training.count))
    validation = sets.validation ?? images.part(from: training.count, count: apart)
    test = sets.test
    normalization = PixelNormalization(sets.statistics, device: device)
    order = BatchOrder(
      count: training.count, batchSize: configuration.training.batchSize ?? training.count,
      seed: environment.seed, device: device)
    store = environment.parameterStore()
    network = settings.model(store.root, imageShape: images.imageShape, classes: sets.classCount)
  }

  /// Steps in an epoch.
  public var stepsPerEpoch: Int? { order.stepsPerEpoch }

  /// The images of a step.
  public func batch(_ step: Int) -> ImageBatch { batch(training.gathered(order.indices(step))) }

  /// The images.
  public func sampleCount(of batch: ImageBatch) -> Int { batch.sampleCount }

  /// Parts of the images.
  public func microBatches(of batch: ImageBatch, count: Int) -> [MicroBatch<ImageBatch>] {
    batch.parts(count, ofAtLeast: store.fewestSamples)
  }

  /// The mean cross-entropy.
  public func loss(_ batch: ImageBatch, _ pass: Pass) -> Tensor {
    network(batch.inputs, pass).crossEntropy(batch.labels)
  }

  /// The accuracy and the mean cross-entropy on the validation images, if there are any, or the test images; of the training
  /// images the accuracy on as many as are asked for.
  public func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] {
    switch split {
    case .training: measure(evaluatedTraining, pass).filter { $0.key == .accuracy }
    case .validation: measure(validation, pass)
    case .test: measure(test, pass)
    }
  }

  /// The first validation images; test images where there are none.
  public func alignmentBatch() -> ImageBatch {
    let images = validation.count > 0 ? validation : test
    return batch(images.part(from: 0, count: min(1_000, images.count)))
  }

  private func batch(_ images: LabelledImages) -> ImageBatch {
    ImageBatch(inputs: images.normalized(by: normalization), labels: images.labels)
  }

  /// The means over all images, a thousand at a time; empty for none.
  private func measure(_ images: LabelledImages, _ pass: Pass) -> [Metric: Double] {
    var metrics = ImageMetrics()
    for start in stride(from: 0, to: images.count, by: 1_000) {
      let part = batch(images.part(from: start, count: min(1_000, images.count - start)))
      metrics.add(part, logits: network(part.inputs, pass))
    }
    return metrics.values
  }
}

extension ImageClassificationTask: ImageTask {
  /// That of the data set.
  public var imageShape: [Int] { training.imageShape }

  /// The network on images.
  public func logits(_ images: Tensor, _ pass: Pass) -> Tensor { network(images, pass) }
}

extension ImageClassificationTask: PredictingTask {
  /// The first test images, at most a thousand: `inputs`, normalised, `labels` and `logits`.
  public func predictions(_ pass: Pass) -> [String: Tensor] {
    let batch = batch(test.part(from: 0, count: min(1_000, test.count)))
    return batch.predictions(network(batch.inputs, pass))
  }
}

extension ImageClassificationTask: EmbeddableTask {
  /// All images of the batch.
  public func labelledRows(of batch: ImageBatch) -> LabelledRows { LabelledRows(classes: batch.labels) }

  /// Those of the data set; nil for images of one's own.
  public static func classNames(_ configuration: ImageClassificationConfiguration) -> [String]? {
    configuration.dataset.name?.classNames
  }
}
