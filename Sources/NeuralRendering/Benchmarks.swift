import Networks
import Torch
import Training

extension NeuralRendering {
  /// The networks whose steps are measured: on points alone, with the sizes of the NeRF paper and of the 2020 paper's published
  /// checkpoints, and with sampling and volume rendering on rays through a box.
  static let benchmarks = [
    points("nerf-8x256", RadianceFieldSettings()), points("nerf-4x128", .published),
    rays("nerf-rays-8x256", RadianceFieldSettings()), rays("nerf-rays-4x128", .published),
  ]

  private static let optimizer = OptimizerConfiguration(Adam(), learningRate: 5e-4)

  private static func points(_ name: String, _ settings: RadianceFieldSettings) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name, "radiance field of \(settings.depth) layers of \(settings.width) on points and directions",
      batch: 16_384, optimizer: optimizer
    ) { scope, data in
      let network = RadianceField(scope, settings)
      let (points, targets) = (data.inputs(3), data.inputs(4))
      let directions = data.inputs(3)
      let units = directions / directions.norm(1, keepingDimension: true)
      return { network(points, network.encoded(units), $0).meanSquaredError(targets) }
    }
  }

  private static func rays(_ name: String, _ settings: RadianceFieldSettings) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name,
      "two radiance fields of \(settings.depth) layers of \(settings.width) on rays, 64 + 128 samples each",
      batch: 1_024, optimizer: optimizer
    ) { scope, data in
      var model = NeRF.Settings()
      model.network = settings
      let network = NeRF(scope, model, Surroundings(bounds: 2...6, background: 1))
      let (noise, colors) = (data.inputs(3), data.inputs(3).sigmoid())
      let back = Tensor([0, 0, -1] as [Float]).to(noise.device)
      let directions = noise * 0.2 + back
      let rays = Rays(
        origins: back.expanded(noise.shape) * -4, directions: directions,
        viewDirections: directions / directions.norm(1, keepingDimension: true))
      return { pass in network.loss(rays, colors, .meanSquaredError, pass) }
    }
  }
}
