import Networks
import Torch

/// One radiance field that is asked only where an occupancy grid says that there may be something, at small equal steps. A step of
/// training takes the first of its rays whose samples fit a budget, so that all steps cost the same: they are the more, the emptier the
/// scene is found to be.
///
/// **Source** Li et al. 2023 (nerfacc), the recipe of its plain network: eight layers, Adam at 5e-4, smooth L1, a box of ±1.5, 128³ cells,
/// steps of 5e-3 and 65,536 samples.
public struct GridNeRF: SceneModel {
  /// What the model can be told.
  public struct Settings: SceneModelSettings {
    /// The model of these settings.
    public typealias Model = GridNeRF
    /// `grid`
    public static let name = "grid"
    /// What it is.
    public static let summary = "one radiance field, asked where an occupancy grid has something (nerfacc)"

    /// The sizes of the network.
    public var network = RadianceFieldSettings()
    /// The box is from minus to plus this in each direction.
    public var bound = 1.5
    /// Cells of the grid in each direction.
    public var resolution = 128
    /// The optical thickness of a step from which on a cell is occupied.
    public var threshold = 0.01
    /// The length of a step along a ray.
    public var stepLength = 5e-3
    /// Samples of a step of training.
    public var sampleBudget = 65_536
    /// After how many steps of training the grid is brought up to date.
    public var updateEvery = 16
    /// The share of cells that are looked at then, and once more as many of the occupied ones; all until `warmupSteps`.
    public var updateShare = 0.25
    /// For how many steps of training all cells are looked at.
    public var warmupSteps = 256

    /// Those of nerfacc.
    public init() {}

    /// The keys in files.
    public static let keys = [
      SettingKey("network", \Self.network, "the sizes of the network"),
      SettingKey(
        "bound", \Self.bound, "the box is from minus to plus this in each direction", .within(0.01...1_000)),
      SettingKey("resolution", \Self.resolution, "cells of the grid in each direction", .within(2...512)),
      SettingKey(
        "threshold", \Self.threshold, "the optical thickness of a step from which on a cell is occupied",
        .within(0...10)),
      SettingKey("stepLength", \Self.stepLength, "the length of a step along a ray", .within(1e-4...10)),
      SettingKey(
        "sampleBudget", \Self.sampleBudget,
        "samples of a step of training, which takes as many of its rays as fit", .within(16...1_000_000_000)),
      SettingKey(
        "updateEvery", \Self.updateEvery, "after how many steps of training the grid is brought up to date",
        .atLeast(1)),
      SettingKey(
        "updateShare", \Self.updateShare,
        "the share of cells looked at then, besides as many of the occupied ones", .within(0.0001...1)),
      SettingKey(
        "warmupSteps", \Self.warmupSteps, "for how many steps of training all cells are looked at",
        .atLeast(0)),
    ]
  }

  private let settings: Settings
  private let surroundings: Surroundings
  private let network: RadianceField
  private let grid: OccupancyGrid
  private let latest = LatestUpdate()

  /// The step for which the grid was brought up to date last: once, however many parts or repetitions a step has.
  private final class LatestUpdate {
    var step: Int?
  }

  /// A model.
  public init(_ scope: Scope, _ settings: Settings, _ surroundings: Surroundings) {
    (self.settings, self.surroundings) = (settings, surroundings)
    network = RadianceField(scope / "field", settings.network)
    grid = OccupancyGrid(
      scope / "grid", bound: settings.bound, resolution: settings.resolution, threshold: settings.threshold)
  }

  /// `field`
  public var networks: [String] { ["field"] }

  /// What fits in the box, or, once most cells are empty, four times what a ray would meet were the others spread evenly.
  public var pointsPerRay: Int {
    let all = 2 * settings.bound * 3.0.squareRoot() / settings.stepLength
    let share = grid.isOccupied.to(.float32).mean().item
    return max(64, Int((all * min(1, 4 * share)).rounded(.up)))
  }

  /// What the network sees, in training along the first rays whose samples fit the budget.
  public func callAsFunction(_ rays: Rays, _ pass: Pass) -> (image: RenderedRays, others: [RenderedRays]) {
    var rays = rays
    var lengths = rays.directions.norm(1)
    let samples: RayMarching
    if pass.isTraining {
      samples = RayMarching(
        first: rays, lengths: lengths, step: settings.stepLength, in: grid, budget: settings.sampleBudget,
        pass.generator)
      let count = samples.counts.count
      (rays, lengths) = (rays.narrowed(0..<count), lengths.narrowed(0, start: 0, length: count))
    } else {
      samples = RayMarching(rays, lengths: lengths, step: settings.stepLength, in: grid, nil)
    }
    let units = rays.directions / lengths.unsqueezed(1)
    let points =
      rays.origins.gathered(0, samples.rays)
      + units.gathered(0, samples.rays) * samples.distances.unsqueezed(1)
    let raw = network(points, network.encoded(rays.viewDirections).gathered(0, samples.rays), pass).to(
      .float32)
    let rendering = PackedVolumeRendering(
      density: network.density(raw), step: settings.stepLength, samples)
    return (
      rendering(colors: network.color(raw), lengths: lengths, background: surroundings.background), []
    )
  }

  /// What the network says within the box; nothing outside it.
  public func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (
    density: Tensor, color: Tensor
  ) {
    let raw = network(points, network.encoded(directions), pass).to(.float32)
    let isInside = (points.abs().max(1) .<= settings.bound).to(.float32)
    return (network.density(raw) * isInside, network.color(raw))
  }

  /// Brings the grid up to date, once for a step.
  public func prepare(step: Int, _ pass: Pass) {
    guard step.isMultiple(of: settings.updateEvery), latest.step != step else { return }
    latest.step = step
    withoutGradient {
      grid.update(
        share: step < settings.warmupSteps ? 1 : settings.updateShare, decay: 0.95, pass.generator
      ) { network.density(at: $0, pass).to(.float32) * settings.stepLength }
    }
  }
}
