import FeedbackAlignment
import Networks
import Training

/// The configurations with a name. Those of NeRF-Synthetic are of Lego; another scene is `--set scene=nerf_synthetic/chair`.
extension RadianceFieldConfiguration {
  static let presets: [Preset<RadianceFieldConfiguration>] = [
    Preset("nerf", "Lego: coarse and fine networks of 8 layers of 256 (Mildenhall et al. 2020)") { nerf($0) },
    Preset("nerf-published", "Lego, networks of 4 layers of 128, as published by Launay et al. 2020") {
      published($0)
    },
    Preset("nerf-fern", "Fern: networks of 8 layers of 256 (Mildenhall et al. 2020)") { fern($0) },
    Preset("nerf-fern-published", "Fern, networks of 4 layers of 128, as published by Launay et al. 2020") {
      publishedFern($0)
    },
    Preset("nerf-xl", "Fern, with a fine network of 425 (Launay et al. 2020)") { method in
      publishedFern(method).with { (model: inout NeRF.Settings) in
        (model.network, model.fineWidth) = (RadianceFieldSettings(), 425)
      }
    },
    Preset("nerf-tiny", "Lego at 100 x 100: one network of 2 layers of 128 (Launay et al. 2020, figure A.1)")
    {
      tiny($0)
    },
    Preset("nerf-grid", "Lego: one network of 8 layers of 256 and an occupancy grid (nerfacc)") { grid($0) },
    Preset("nerf-lego-100", "Lego at 100 x 100: networks of 4 layers of 128, for a processor") {
      lego100($0)
    },
    Preset("nerf-lego-100-grid", "Lego at 100 x 100: one network of 4 layers of 128 and an occupancy grid") {
      lego100Grid($0)
    },
    Preset(
      "nerf-lego-100-grid-wide", "Lego at 100 x 100: one network of 8 layers of 256 and an occupancy grid"
    ) {
      lego100WideGrid($0)
    },
    Preset("nerf-shapes", "a few shapes, drawn: one network of 4 layers of 128, in two minutes") {
      shapes($0)
    },
    Preset("debug", "a few shapes, very small, in seconds") { debug($0) },
  ]

  // MARK: Mildenhall et al. 2020

  private static func nerf(_ method: MethodName) -> Self {
    var configuration = Self()
    configuration.optimizer = .init(
      Adam(), learningRate: 5e-4, schedule: ExponentialDecay(factor: 0.1, over: .steps(500_000)))
    return configuration
  }

  private static func fern(_ method: MethodName) -> Self {
    var configuration = nerf(method).with { (model: inout NeRF.Settings) in model.noise = 1 }
    configuration.scene = .path("nerf_llff_data/fern")
    configuration.background = .black
    configuration.cropSteps = 0
    configuration.training.batchSize = 4_096
    configuration.optimizer.schedule = ScheduleChoice(ExponentialDecay(factor: 0.1, over: .steps(250_000)))
    return configuration
  }

  // MARK: Launay et al. 2020

  /// Without their evaluation with jitter and noise.
  private static func published(_ method: MethodName) -> Self {
    var configuration = nerf(method).with { (model: inout NeRF.Settings) in model.network = .published }
    configuration.training.steps = 500_000
    configuration.optimizer.learningRate = method.tuned(bp: 5e-4, dfa: 1e-4)
    (configuration.pixelPoint, configuration.order, configuration.cropSteps) = (.corner, .oneView, 0)
    configuration.feedback.normalization = .widestPoint
    return configuration
  }

  private static func publishedFern(_ method: MethodName) -> Self {
    var configuration = fern(method).with { (model: inout NeRF.Settings) in model.network = .published }
    (configuration.pixelPoint, configuration.order) = (.corner, .oneView)
    configuration.feedback.normalization = .widestPoint
    return configuration
  }

  private static func tiny(_ method: MethodName) -> Self {
    var model = NeRF.Settings()
    model.network = RadianceFieldSettings(depth: 2, width: 128)
    model.network.directionOctaves = nil
    (model.coarseSamples, model.fineSamples) = (32, 0)
    var configuration = Self()
    configuration.model = SceneModelChoice(model)
    configuration.scene = .path("nerf_synthetic/lego_100.npz")
    (configuration.background, configuration.pixelPoint) = (.black, .corner)
    (configuration.order, configuration.cropSteps) = (.oneView, 0)
    configuration.training = TrainingConfiguration(
      steps: 5_000, batchSize: 10_000, evaluateEvery: .steps(100))
    (configuration.validationViews, configuration.testViews) = (1, 1)
    configuration.optimizer = .init(Adam(), learningRate: 5e-3)
    configuration.feedback.normalization = .widestPoint
    return configuration
  }

  // MARK: Ours

  /// Plain feedback has a rate at which it does not collapse; that of the others is nerfacc's.
  private static func grid(_ method: MethodName) -> Self {
    var model = GridNeRF.Settings()
    model.network.density = .shiftedSoftplus
    var configuration = Self()
    configuration.model = SceneModelChoice(model)
    configuration.loss = .smoothL1
    configuration.training = TrainingConfiguration(
      steps: 50_000, batchSize: 8_192, evaluateEvery: .steps(5_000))
    let rate = [.bp, .shallow, .ridge].contains(method) ? 5e-4 : 1e-4
    configuration.optimizer = .init(Adam(), learningRate: rate, schedule: MilestoneDecay())
    configuration.optimizer.warmup = .steps(500)
    (configuration.feedback.level, configuration.feedback.anchorEvery) = (.block, .steps(25))
    return configuration
  }

  /// BP and shallow training have the rates that a search in 3,000 steps on validation views chose (`Results`), and feedback less: from
  /// greater ones networks collapsed in runs of this length, regressed feedback sometimes from 2e-3.
  private static func lego100(_ method: MethodName) -> Self {
    var model = NeRF.Settings()
    model.network = .published
    model.network.density = .shiftedSoftplus
    (model.coarseSamples, model.fineSamples) = (24, 24)
    var configuration = Self()
    configuration.model = SceneModelChoice(model)
    configuration.scene = .path("nerf_synthetic/lego_100.npz")
    configuration.training = TrainingConfiguration(
      steps: 20_000, batchSize: 64, evaluateEvery: .steps(2_000))
    configuration.testViews = 25
    let rate = [.bp: 4e-3, .shallow: 4e-3, .ridge: 1.5e-3][method] ?? 5e-4
    configuration.optimizer = .init(Adam(), learningRate: rate, schedule: ExponentialDecay())
    configuration.optimizer.warmup = .steps(500)
    configuration.feedback.level = .block
    configuration.feedback.anchorEvery = .steps(method == .ridge ? 25 : 50)
    configuration.feedback.ridge = 1e-6
    return configuration
  }

  /// Cells and steps as large as what such photographs show of the scene; nerfacc's are of 800 x 800.
  private static func lego100Grid(_ method: MethodName) -> Self {
    var model = GridNeRF.Settings()
    model.network = .published
    model.network.density = .shiftedSoftplus
    (model.resolution, model.updateShare) = (64, 0.01)
    (model.stepLength, model.sampleBudget) = (0.025, 768)
    var configuration = lego100(method)
    configuration.model = SceneModelChoice(model)
    configuration.training.batchSize = 128
    return configuration
  }

  /// The rates are those that a search chose among what networks of this size bear for 20,000 steps (`Results`); shallow training has the
  /// narrow network's.
  private static func lego100WideGrid(_ method: MethodName) -> Self {
    var configuration = lego100Grid(method).with { (model: inout GridNeRF.Settings) in
      model.network = RadianceFieldSettings()
      model.network.density = .shiftedSoftplus
    }
    configuration.optimizer.learningRate = [.bp: 4e-3, .shallow: 4e-3, .ridge: 1.5e-3][method] ?? 2e-4
    return configuration
  }

  private static func shapes(_ method: MethodName) -> Self {
    var configuration = lego100(method).with { (model: inout NeRF.Settings) in
      (model.coarseSamples, model.fineSamples) = (32, 0)
    }
    configuration.scene = .name(.shapes)
    (configuration.training.steps, configuration.training.batchSize) = (1_500, 128)
    configuration.optimizer.learningRate = 1e-3
    configuration.cropSteps = 200
    configuration.training.evaluateEvery = .steps(500)
    return configuration
  }

  private static func debug(_ method: MethodName) -> Self {
    var configuration = shapes(method).with { (model: inout NeRF.Settings) in
      model.network = RadianceFieldSettings(depth: 3, width: 16)
      (model.network.positionOctaves, model.network.density, model.network.blockLayers) = (
        4, .shiftedSoftplus, 2
      )
      (model.coarseSamples, model.fineSamples) = (8, 8)
    }
    configuration.views.downscale = 4
    (configuration.validationViews, configuration.testViews) = (1, 2)
    configuration.training = TrainingConfiguration(steps: 100, batchSize: 32, evaluateEvery: .steps(50))
    configuration.feedback.level = .layer
    return configuration
  }

  /// The same with other settings of the model, which must be of this kind.
  private func with<Model: SceneModelSettings>(_ change: (inout Model) -> Void) -> Self {
    guard var model = model.settings as? Model else { return self }
    change(&model)
    var configuration = self
    configuration.model = SceneModelChoice(model)
    return configuration
  }
}
