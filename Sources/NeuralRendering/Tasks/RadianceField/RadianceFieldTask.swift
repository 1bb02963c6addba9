import Basics
import Datasets
import FeedbackAlignment
import Networks
import Torch
import Training

/// A scene learned from photographs, to be seen from elsewhere, by a ``SceneModel``.
///
/// **Source** Launay et al. 2020, section 3.2, tables 1 and A.5, figure A.1.
public final class RadianceFieldTask: TrainingTask {
  /// `nerf`
  public static let name = "nerf"
  /// What the task is.
  public static let summary = "learn a scene from photographs and see it from elsewhere (radiance fields)"
  /// The configurations with a name.
  public static let presets = RadianceFieldConfiguration.presets
  /// The peak signal-to-noise ratio, which selects weights, the structural similarity, and how many networks show nothing.
  public static let metrics = [Metric.peakSignalToNoiseRatio, .structuralSimilarity, .collapsedNetworks]

  /// None: scenes are in no catalogue.
  public static func datasets(_ configuration: RadianceFieldConfiguration) -> [Dataset] { [] }

  /// That of the photographs and cameras.
  public static func dataDigest(
    _ configuration: RadianceFieldConfiguration, in datasets: DatasetStore
  ) throws -> String { try configuration.scene.digest(configuration.views, in: datasets) }

  /// The networks' parameters.
  public let store: ParameterStore
  /// The photographs.
  public let scene: RadianceScene
  /// What learns the scene.
  let model: any SceneModel

  let configuration: RadianceFieldConfiguration
  private let seed: UInt64
  private let training: Photographs
  private(set) lazy var evaluated = Split.allCases.reduce(into: [Split: EvaluatedViews]()) { views, split in
    views[split] = makeEvaluated(split)
  }

  /// Views to be rendered, with their photographs.
  typealias EvaluatedViews = (views: [SceneView], photographs: Photographs)

  /// Reads the photographs and makes the networks.
  /// - Throws: What reading a ``RadianceScene`` throws.
  public init(_ configuration: RadianceFieldConfiguration, _ environment: TaskEnvironment) throws {
    self.configuration = configuration
    seed = environment.seed
    scene = try configuration.scene.scene(configuration.views, in: environment.datasets)
    store = environment.parameterStore()
    model = configuration.model.settings.makeModel(
      store.root,
      Surroundings(bounds: scene.bounds, background: configuration.background.value))
    let views = scene.views(.training)
    training = Photographs(
      views, RayCaster(views[0].camera, scene.space, configuration.pixelPoint),
      background: configuration.background.value, on: environment.device)
  }

  /// There are no epochs.
  public var stepsPerEpoch: Int? { nil }

  /// The rays of a step.
  public func batch(_ step: Int) -> RayBatch {
    rays(
      configuration.training.batchSize ?? 1_024, step: step,
      crop: step < configuration.cropSteps ? 0.5 : 1, label: "rays/\(step)")
  }

  private func rays(_ count: Int, step: Int, crop: Double, label: String) -> RayBatch {
    training.batch(
      count, step: step, isOneView: configuration.order == .oneView, crop: crop,
      RandomGenerator(seed: derivedSeed(seed, label)))
  }

  /// Parts of the rays.
  public func microBatches(of batch: RayBatch, count: Int) -> [MicroBatch<RayBatch>] {
    MicroBatch.split(batch.rays.count, into: count) { batch.narrowed($0) }
  }

  /// The sum over networks of how far what they see is from the photographs.
  public func loss(_ batch: RayBatch, _ pass: Pass) -> Tensor {
    if pass.isTraining, !pass.isRehearsal { model.prepare(step: batch.step, pass) }
    return model.loss(batch.rays, batch.colors, configuration.loss, pass)
  }

  /// The means over views of the images' quality, and how many networks show one colour.
  public func evaluate(_ split: Split, _ pass: Pass) throws -> [Metric: Double] {
    guard split != .training, let (views, photographs) = evaluated[split] else { return [:] }
    var (ratios, similarities): ([Double], [Double]) = ([], [])
    for (index, view) in views.enumerated() {
      let image = colors(view.camera, pass)
      let quality = ImageQuality(image, of: photographs.image(index))
      ratios.append(quality.peakSignalToNoiseRatio)
      if let similarity = quality.structuralSimilarity { similarities.append(similarity) }
    }
    var metrics = [
      Metric.peakSignalToNoiseRatio: ratios.reduce(0, +) / Double(ratios.count),
      .collapsedNetworks: Double(collapsedNetworks(pass).count),
    ]
    if !similarities.isEmpty {
      metrics[.structuralSimilarity] = similarities.reduce(0, +) / Double(similarities.count)
    }
    return metrics
  }

  /// 256 rays of training views.
  public func alignmentBatch() -> RayBatch { rays(256, step: 0, crop: 1, label: "alignment") }

  private func makeEvaluated(_ split: Split) -> EvaluatedViews? {
    let all = scene.views(split)
    guard split != .training, !all.isEmpty else { return nil }
    let limit = split == .validation ? configuration.validationViews : configuration.testViews
    let count = min(limit ?? all.count, all.count)
    let views = (0..<count).map { all[$0 * all.count / count] }
    let caster = RayCaster(views[0].camera, scene.space, configuration.pixelPoint)
    return (
      views,
      Photographs(views, caster, background: configuration.background.value, on: store.device)
    )
  }
}
