import Networks
import Torch

/// The neural radiance field: a coarse network at samples spread evenly along rays, and a fine one at these and others drawn where the
/// coarse one sees most. Each has a `FeedbackOutput` of its own.
///
/// **Source** Mildenhall et al. 2020; Launay et al. 2020, section 3.2.
public struct NeRF: SceneModel {
  /// What the model can be told.
  public struct Settings: SceneModelSettings {
    /// The model of these settings.
    public typealias Model = NeRF
    /// `nerf`
    public static let name = "nerf"
    /// What it is.
    public static let summary = "a coarse and a fine radiance field (Mildenhall et al. 2020)"

    /// The sizes of the networks.
    public var network = RadianceFieldSettings()
    /// The width of the fine network, where it is not the coarse one's.
    public var fineWidth: Int?
    /// Samples of the coarse network on a ray.
    public var coarseSamples = 64
    /// Samples that the fine network has besides; 0 for no fine network.
    public var fineSamples = 128
    /// The deviation of what is added to raw densities in training.
    public var noise = 0.0
    /// Whether images are made of the mean of what both networks say at the fine one's samples, once trained (NeRF-Dual).
    public var isDual = false

    /// Those of Mildenhall et al. 2020.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("network", \Self.network, "the sizes of the networks"),
      SettingKey(
        "fineWidth", optional: \Self.fineWidth, "the width of the fine network; null: the coarse one's",
        .within(2...maximumWidth)),
      SettingKey(
        "coarseSamples", \Self.coarseSamples, "samples of the coarse network on a ray", .within(3...4_096)),
      SettingKey(
        "fineSamples", \Self.fineSamples, "samples that the fine network has besides; 0: no fine network",
        .within(0...4_096)),
      SettingKey(
        "noise", \Self.noise, "the deviation of what is added to raw densities in training", .within(0...100)),
      SettingKey(
        "isDual", \Self.isDual, "whether images are made of the mean of both networks (NeRF-Dual)"),
    ]

    /// Two networks are needed for a mean.
    public func validate() throws(SettingError) {
      try require("isDual", !isDual || fineSamples > 0, "must be false where fineSamples is 0")
    }
  }

  private let settings: Settings
  private let surroundings: Surroundings
  private let coarse: RadianceField
  private let fine: RadianceField?

  /// A model.
  public init(_ scope: Scope, _ settings: Settings, _ surroundings: Surroundings) {
    (self.settings, self.surroundings) = (settings, surroundings)
    coarse = RadianceField(scope / "coarse", settings.network)
    var sizes = settings.network
    sizes.width = settings.fineWidth ?? sizes.width
    fine = settings.fineSamples > 0 ? RadianceField(scope / "fine", sizes) : nil
  }

  /// `fine`, where there is one, and `coarse`.
  public var networks: [String] { fine == nil ? ["coarse"] : ["fine", "coarse"] }

  /// The samples of the network that has most.
  public var pointsPerRay: Int { settings.coarseSamples + settings.fineSamples }

  /// What the fine network sees, and what the coarse one does.
  public func callAsFunction(_ rays: Rays, _ pass: Pass) -> (image: RenderedRays, others: [RenderedRays]) {
    let generator = pass.isTraining ? pass.generator : nil
    let lengths = rays.directions.norm(1)
    func see(_ fields: [RadianceField], at depths: Tensor) -> (VolumeRendering, RenderedRays) {
      let (points, samples) = (rays.points(at: depths), depths.shape[1])
      let all = fields.map { field in
        let views = field.encoded(rays.viewDirections)
        let repeated = views.unsqueezed(1).expanded([rays.count, samples, views.shape[1]])
        return field(points, repeated.reshaped([rays.count * samples, views.shape[1]]), pass).to(.float32)
      }
      let raw = all.count == 1 ? all[0] : all.dropFirst().reduce(all[0], +) / Double(all.count)
      let noise =
        settings.noise > 0 ? generator.map { $0.normal([rays.count * samples]) * settings.noise } : nil
      let density = fields[0].density(raw, noise: noise).reshaped([rays.count, samples])
      let rendering = VolumeRendering(
        density: density, depths: depths, lengths: lengths,
        end: settings.network.density.reachesInfinity ? nil : surroundings.bounds.upperBound)
      let colors = fields[0].color(raw).reshaped([rays.count, samples, 3])
      return (
        rendering, rendering(colors: colors, depths: depths, background: surroundings.background)
      )
    }
    let count = settings.coarseSamples
    let depths = StratifiedSampling(bounds: surroundings.bounds, samples: count)(
      rays: rays.count, on: rays.origins.device, generator)
    let (rendering, seen) = see([coarse], at: depths)
    guard let fine else { return (seen, []) }
    let middles =
      (depths.narrowed(1, start: 1, length: count - 1) + depths.narrowed(1, start: 0, length: count - 1)) / 2
    let more = InverseTransformSampling(samples: settings.fineSamples)(
      edges: middles, weights: rendering.weights.narrowed(1, start: 1, length: count - 2), generator)
    let merged = Tensor.concatenated([depths, more], 1).sorted()
    let fields = settings.isDual && !pass.isTraining ? [fine, coarse] : [fine]
    return (see(fields, at: merged).1, [seen])
  }

  /// What the fine network says, or where there is none the coarse one.
  public func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (
    density: Tensor, color: Tensor
  ) {
    let field = fine ?? coarse
    let raw = field(points, field.encoded(directions), pass).to(.float32)
    return (field.density(raw), field.color(raw))
  }
}
