import Foundation
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
  public static let presets = VGG16Configuration.presets
  /// How many images of a part of the data could not be read so far; there only where such are left out.
  public static let skippedImages = Metric("skippedImages", higherIsBetter: false)
  /// The accuracy, the mean cross-entropy, and the images left out.
  public static let metrics = [Metric.accuracy, .loss, skippedImages]

  /// That of the images, where they are a data set's; folders have no catalogue.
  public static func datasets(_ configuration: VGG16Configuration) -> [Dataset] {
    stored(configuration).map { [$0.dataset] } ?? []
  }

  /// That of the data set, or of the folder's images.
  public static func dataDigest(_ configuration: VGG16Configuration, in datasets: DatasetStore) throws
    -> String
  {
    guard stored(configuration) == nil else { return try datasets.digest(of: self.datasets(configuration)) }
    let folder = try datasets.folder(configuration.images)
    let folders = try folders(folder)
    return try datasets.digest(of: folders.training.files + folders.test.files, below: folder)
  }

  /// The data set in colour that a configuration names instead of a folder; nil for a folder.
  private static func stored(_ configuration: VGG16Configuration) -> ImageDataset? {
    ImageDataset(rawValue: configuration.images).flatMap { $0.isInColour ? $0 : nil }
  }

  /// Some images of a source, to be evaluated.
  private struct Part {
    let source: any ImageSource
    let members: [Int]
    let skipped = SkippedImages()
  }

  /// The network's parameters.
  public let store: ParameterStore
  /// Steps in an epoch.
  public let stepsPerEpoch: Int?

  private let configuration: VGG16Configuration
  private let device: Device
  private let batchSize: Int
  private let validation, test: Part
  private let skipped = SkippedImages()
  private let loader: ImageLoader
  private let network: VGG16

  /// Finds the images and makes the network.
  /// - Throws: `DataError` when there are no such images, `ConfigurationError` when validation would leave none to train on.
  public init(_ configuration: VGG16Configuration, _ environment: TaskEnvironment) throws {
    self.configuration = configuration
    device = environment.device
    let (training, test) = try VGG16Task.images(configuration, environment.datasets)
    let used = VGG16Task.evenly(configuration.trainingImages, over: training.count)
    let (count, apart) = (used.count, configuration.validationImages)
    guard apart < count else {
      throw ConfigurationError.value(
        key: "validationImages", reason: "must be less than the \(count) training images, not \(apart)")
    }
    self.test = Part(source: test, members: VGG16Task.evenly(configuration.testImages, over: test.count))
    validation = Part(source: training, members: VGG16Task.evenly(apart, over: count).map { used[$0] })
    let isApart = Set(validation.members)
    let members = used.filter { !isApart.contains($0) }
    batchSize = configuration.training.batchSize ?? members.count
    let order = BatchOrder(count: members.count, batchSize: batchSize, seed: environment.seed, device: .cpu)
    let (stepsPerEpoch, seed) = (order.stepsPerEpoch, environment.seed)
    self.stepsPerEpoch = stepsPerEpoch
    let shuffled = Mutex(order)
    loader = ImageLoader(
      configuration, training, skipped: skipped, device: device,
      members: { step in
        let indices: [Int64] = shuffled.withLock { $0.indices(step).scalars() }
        return indices.map { members[Int($0)] }
      },
      bits: { step, index in derivedSeed(seed, "image/\(step / stepsPerEpoch)/\(index)") })
    store = environment.parameterStore()
    network = VGG16(store.root, configuration.model, classes: training.classCount)
  }

  /// So many of `count` numbers from 0 on, at equal distances; all when nil.
  private static func evenly(_ numbers: Int?, over count: Int) -> [Int] {
    let numbers = min(numbers ?? count, count)
    return (0..<numbers).map { $0 * count / numbers }
  }

  private static func folders(_ folder: URL) throws -> (training: ImageFolder, test: ImageFolder) {
    let training = try ImageFolder(folder.appendingPathComponent("train"))
    return (training, try ImageFolder(folder.appendingPathComponent("val"), classes: training.classes))
  }

  private static func images(
    _ configuration: VGG16Configuration, _ datasets: DatasetStore
  ) throws -> (training: any ImageSource, test: any ImageSource) {
    if let stored = stored(configuration) {
      func images(_ split: LabelledImages.Split) throws -> StoredImages {
        StoredImages(try LabelledImages(stored.dataset, split, from: datasets), classCount: stored.classCount)
      }
      return (try images(.training), try images(.test))
    }
    let folders = try folders(datasets.folder(configuration.images))
    return (folders.training, folders.test)
  }

  /// The images.
  public func sampleCount(of batch: ImageBatch) -> Int { batch.sampleCount }

  /// The images of a step; those of the following steps are read meanwhile.
  /// - Throws: `DataError` when an image cannot be read and none is to be left out, or a step has none left.
  public func batch(_ step: Int) throws -> ImageBatch {
    let batch = try loader.batch(step)
    guard batch.sampleCount > 0 else {
      throw DataError.folder(path: configuration.images, reason: "has no image to be read for step \(step)")
    }
    return batch
  }

  /// Parts of the images.
  public func microBatches(of batch: ImageBatch, count: Int) -> [MicroBatch<ImageBatch>] {
    batch.parts(count, ofAtLeast: store.fewestSamples)
  }

  /// The mean cross-entropy.
  public func loss(_ batch: ImageBatch, _ pass: Pass) -> Tensor {
    network(batch.inputs, pass).crossEntropy(batch.labels)
  }

  /// The accuracy and the mean cross-entropy on the validation images, or the test images: those of the folder `val`. Where
  /// images that cannot be read are left out, how many have been so far, of the training images too.
  public func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    var (metrics, skipped): ([Metric: Double], SkippedImages) =
      switch split {
      case .training: ([:], skipped)
      case .validation: (try measure(validation, pass), validation.skipped)
      case .test: (try measure(test, pass), test.skipped)
      }
    if configuration.skipsDamaged { metrics[Self.skippedImages] = Double(skipped.count) }
    return metrics
  }

  /// The first validation images, as many as a step has.
  public func alignmentBatch() throws -> ImageBatch { try batches(of: validation).loader.batch(0, of: 1) }

  /// The means over images, a batch at a time.
  private func measure(_ part: Part, _ pass: Pass) throws -> [Metric: Double] {
    var metrics = ImageMetrics()
    let (loader, count) = batches(of: part)
    for number in 0..<count {
      let batch = try loader.batch(number, of: count)
      guard batch.sampleCount > 0 else { continue }
      metrics.add(batch, logits: network(batch.inputs, pass))
    }
    guard metrics.count > 0 else {
      throw DataError.folder(path: configuration.images, reason: "has no image to be read")
    }
    return metrics.values
  }

  private func batches(of part: Part) -> (loader: ImageLoader, count: Int) {
    let members = part.members
    let size = min(batchSize, members.count)
    let loader = ImageLoader(configuration, part.source, skipped: part.skipped, device: device) { number in
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

extension VGG16Task: PredictingTask {
  /// The first test images, as many as a step has: `inputs`, normalised, `labels` and `logits`.
  public func predictions(_ pass: Pass) throws -> [String: Tensor] {
    let batch = try batches(of: test).loader.batch(0, of: 1)
    return batch.predictions(network(batch.inputs, pass))
  }
}

extension VGG16Task: EmbeddableTask {
  /// All images of the batch.
  public func labelledRows(of batch: ImageBatch) -> LabelledRows { LabelledRows(classes: batch.labels) }
}
