import Basics
import Datasets
import FeedbackAlignment
import Networks
import Synchronization
import Torch
import Training

/// Classification of images by VGG-16, read from folders while it trains.
///
/// **Source** Launay et al. 2019, section 4.1, table 3 and figure 3.
public final class VGG16Task: TrainingTask {
  /// `vgg16`
  public static let name = "vgg16"
  /// What the task is.
  public static let summary = "classify the images of a folder with VGG-16"
  /// The configurations with a name.
  public static let presets: [Preset<VGG16Configuration>] = VGG16Configuration.presets
  /// The accuracy on the training images set apart.
  public static let validationMetric = Metric("validationAccuracy", higherIsBetter: true, isFraction: true)
  /// The accuracy on the test images: those of the folder `val`.
  public static let testMetric = Metric("testAccuracy", higherIsBetter: true, isFraction: true)

  /// CIFAR, where its images are asked for; folders have no catalogue.
  public static func datasets(_ configuration: VGG16Configuration) -> [Dataset] {
    [DatasetCatalog.cifar10, DatasetCatalog.cifar100].filter { $0.name == configuration.images }
  }

  /// The network's parameters.
  public let store: ParameterStore
  /// Steps in an epoch.
  public let stepsPerEpoch: Int

  private let configuration: VGG16Configuration
  private let device: Device
  private let training, test: any ImageSource
  private let validation, tested: [Int]
  private let skipped = Skipped()
  private let loader: ImageLoader
  private let network: VGG16

  /// Finds the images and makes the network.
  /// - Throws: `DataError` when there are no such images, `ConfigurationError` when validation would leave none to train on.
  public init(_ configuration: VGG16Configuration, _ environment: TaskEnvironment) throws {
    self.configuration = configuration
    device = environment.device
    (training, test) = try VGG16Task.images(configuration, environment.datasets)
    let used = VGG16Task.spread(min(configuration.trainingImages, training.count), over: training.count)
    let (count, apart) = (used.count, configuration.validationImages)
    guard apart < count else {
      throw ConfigurationError.value(
        key: "validationImages", reason: "must be less than the \(count) training images, not \(apart)")
    }
    tested = VGG16Task.spread(min(configuration.testImages, test.count), over: test.count)
    validation = VGG16Task.spread(apart, over: count).map { used[$0] }
    let isApart = Set(validation)
    let members = used.filter { !isApart.contains($0) }
    let order = BatchOrder(
      count: members.count, batchSize: configuration.training.batchSize, seed: environment.seed, device: .cpu)
    let (stepsPerEpoch, seed) = (order.stepsPerEpoch, environment.seed)
    self.stepsPerEpoch = stepsPerEpoch
    let shuffled = Mutex(order)
    loader = ImageLoader(
      configuration, training, skipped: skipped, device: device,
      members: { number in
        let (epoch, step) = number.quotientAndRemainder(dividingBy: stepsPerEpoch)
        let indices: [Int64] = shuffled.withLock { $0.indices(epoch: epoch, step: step).scalars() }
        return indices.map { members[Int($0)] }
      },
      bits: { number, index in derivedSeed(seed, "image/\(number / stepsPerEpoch)/\(index)") })
    store = environment.parameterStore()
    network = VGG16(
      store.root, classes: training.classCount, width: configuration.width, pooled: configuration.pooled,
      denseUnits: configuration.denseUnits, dropout: configuration.dropout, batchNorm: configuration.batchNorm
    )
  }

  /// Numbers below `count`, at equal distances.
  private static func spread(_ numbers: Int, over count: Int) -> [Int] {
    (0..<numbers).map { $0 * count / numbers }
  }

  private static func images(
    _ configuration: VGG16Configuration, _ datasets: DatasetStore
  ) throws -> (training: any ImageSource, test: any ImageSource) {
    if let dataset = self.datasets(configuration).first {
      let classes = dataset == DatasetCatalog.cifar100 ? 100 : 10
      func stored(_ split: LabelledImages.Split) throws -> StoredImages {
        StoredImages(try LabelledImages(dataset, split, from: datasets), classCount: classes)
      }
      return (try stored(.training), try stored(.test))
    }
    let folder = try datasets.folder(configuration.images)
    let training = try ImageFolder(folder.appendingPathComponent("train"))
    return (training, try ImageFolder(folder.appendingPathComponent("val"), classes: training.classes))
  }

  /// One group.
  public var parameterGroups: [ParameterGroup] {
    [ParameterGroup(store.parameters, weightDecay: configuration.optimizer.weightDecay)]
  }

  /// How long steps have waited for images, in seconds.
  package var waitedSeconds: Double { loader.waitedSeconds }

  /// The images of a step; those of the following steps are read meanwhile.
  /// - Throws: `DataError` when an image cannot be read and none is to be left out, or a step has none left.
  public func batch(epoch: Int, step: Int) throws -> ImageBatch {
    let batch = try loader.batch(epoch * stepsPerEpoch + step)
    guard batch.labels.count > 0 else {
      throw DataError.folder(path: configuration.images, reason: "has no image to be read for step \(step)")
    }
    return batch
  }

  /// Parts of the images.
  public func microBatches(of batch: ImageBatch, count: Int) -> [MicroBatch<ImageBatch>] {
    batch.parts(count)
  }

  /// The mean cross-entropy.
  public func loss(_ batch: ImageBatch, _ pass: Pass) -> Tensor {
    network(batch.inputs, pass).crossEntropy(batch.labels)
  }

  /// The accuracy and loss on the validation images, the accuracy on the test images and, where such are left out, how many
  /// images could not be read so far.
  public func evaluate(_ pass: Pass) throws -> [String: Double] {
    let validation = try measure(training, validation, pass)
    var metrics = [
      "validationAccuracy": validation.accuracy, "validationLoss": validation.loss,
      "testAccuracy": try measure(test, tested, pass).accuracy,
    ]
    if configuration.skipsDamaged { metrics["skippedImages"] = Double(skipped.count) }
    return metrics
  }

  /// The first validation images, as many as a step has.
  public func alignmentBatch() throws -> ImageBatch {
    try batches(of: training, validation).loader.batch(0, of: 1)
  }

  /// The means over images, a batch at a time.
  private func measure(_ source: any ImageSource, _ members: [Int], _ pass: Pass) throws -> ImageMetrics {
    var metrics = ImageMetrics()
    let (loader, count) = batches(of: source, members)
    for number in 0..<count {
      let batch = try loader.batch(number, of: count)
      guard batch.labels.count > 0 else { continue }
      metrics.add(batch, logits: network(batch.inputs, pass))
    }
    guard metrics.count > 0 else {
      throw DataError.folder(path: configuration.images, reason: "has no image to be read")
    }
    return metrics
  }

  private func batches(of source: any ImageSource, _ members: [Int]) -> (loader: ImageLoader, count: Int) {
    let size = min(configuration.training.batchSize, members.count)
    let loader = ImageLoader(configuration, source, skipped: skipped, device: device) { number in
      Array(members[(number * size)..<min((number + 1) * size, members.count)])
    }
    return (loader, (members.count + size - 1) / size)
  }
}

extension VGG16Task: ImageTask {
  /// Three channels of `cropped` by `cropped` pixels.
  public var imageShape: [Int] { [3, configuration.cropped, configuration.cropped] }

  /// The network on images.
  public func logits(_ images: Tensor, _ pass: Pass) -> Tensor { network(images, pass) }
}

extension VGG16Task: EmbeddableTask {
  /// All images of the batch.
  public func labelledRows(of batch: ImageBatch) -> LabelledRows { LabelledRows(classes: batch.labels) }
}
