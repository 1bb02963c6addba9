import FeedbackAlignment
import Networks
import NeuralRendering
import TestSupport
import Testing
import Torch

@Suite("Models of scenes") struct SceneModelTests {
  /// Rays into the box, and colours that change from ray to ray.
  private static let rays: Rays = {
    let generator = RandomGenerator(seed: 7)
    let directions = generator.uniform([12, 3], from: -0.3, to: 0.3) + Tensor([0, 0, -1] as [Float])
    return Rays(
      origins: Tensor([0, 0, 4] as [Float]).expanded([12, 3]), directions: directions,
      viewDirections: directions / directions.norm(1, keepingDimension: true))
  }()
  private static let colors = RandomGenerator(seed: 8).uniform([12, 3])

  private static func toy(_ name: String, _ settings: some SceneModelSettings) -> ToyNetwork {
    ToyNetwork(name) { scope in
      let model = type(of: settings).Model(
        scope, settings, Surroundings(bounds: 2...6, background: 1))
      return { model.loss(rays, colors, .meanSquaredError, $0) }
    }
  }

  private static func small(directions: Bool = true) -> RadianceFieldSettings {
    var network = RadianceFieldSettings(depth: 3, width: 12)
    (network.positionOctaves, network.directionOctaves) = (2, directions ? 1 : nil)
    (network.density, network.skip, network.blockLayers) = (.shiftedSoftplus, 2, 2)
    return network
  }

  private static func nerf(_ change: (inout NeRF.Settings) -> Void = { _ in }) -> NeRF.Settings {
    var settings = NeRF.Settings()
    settings.network = small()
    (settings.coarseSamples, settings.fineSamples) = (6, 5)
    change(&settings)
    return settings
  }

  private static var grid: GridNeRF.Settings {
    var settings = GridNeRF.Settings()
    settings.network = small()
    (settings.resolution, settings.stepLength, settings.sampleBudget) = (4, 0.4, 1_000)
    return settings
  }

  static let networks = [
    toy("nerf", nerf()), toy("nerf, one network", nerf { $0.fineSamples = 0 }),
    toy("nerf, without directions", nerf { $0.network = small(directions: false) }),
    toy("nerf, a wider fine network", nerf { $0.fineWidth = 16 }),
    toy("nerf, noise", nerf { $0.noise = 0.5 }),
    toy("grid", grid),
  ]

  @Test("Every model keeps what methods must keep", arguments: networks, MethodName.allCases)
  func conforms(_ network: ToyNetwork, _ method: MethodName) {
    let violations = checkMethod(
      network, trainsBelowPoints: method.row.trainsBelowPoints, mayRaiseLoss: method.row.mayRaiseLoss
    ) { method.make(FeedbackConfiguration(), seed: 2) }
    #expect(violations == [])
  }

  @Test("Replay gives the gradients of the whole graph", arguments: networks)
  func replay(_ network: ToyNetwork) {
    #expect(checkReplay(network) == [])
  }

  @Test("With feedback to blocks, the layers of a block and those above the last learn by their gradients")
  func blocks() throws {
    let network = Self.toy("one network", Self.nerf { $0.fineSamples = 0 })
    var feedback = FeedbackConfiguration()
    feedback.level = .block
    let model = ToyModel(network)
    let (block, exact) = (
      model.step(DirectFeedbackAlignment(feedback, seed: 2)).gradients,
      ToyModel(network).step(Backpropagation()).gradients
    )
    for path in ["density", "feature", "direction", "color"].map({ "coarse/\($0)/weight" }) {
      let (x, y) = (try #require(block[path]), try #require(exact[path]))
      #expect(x.relativeDifference(from: y) < 1e-5, "\(path)")
    }
    let (x, y) = (try #require(block["coarse/layer0/weight"]), try #require(exact["coarse/layer0/weight"]))
    #expect(x.relativeDifference(from: y) > 0.1)
  }

  @Test("The published networks have 84,548 parameters each, the paper's 595,844") func sizes() {
    func count(_ settings: RadianceFieldSettings) -> Int {
      let store = ParameterStore(seed: 1)
      _ = RadianceField(store.root, settings)
      return store.parameterCount
    }
    #expect(count(.published) == 84_548)
    #expect(count(RadianceFieldSettings()) == 595_844)
  }

  @Test("A step of training takes the first rays whose samples fit the budget") func budget() {
    var settings = Self.grid
    settings.sampleBudget = 40
    let model = GridNeRF(
      ParameterStore(seed: 1).root, settings, Surroundings(bounds: 2...6, background: 1))
    func seen(_ mode: Pass.Mode) -> Int {
      model(Self.rays, Pass(mode, generator: RandomGenerator(seed: 1))).image.colors.shape[0]
    }
    #expect(seen(.evaluation) == 12)
    #expect((3..<8).contains(seen(.training)))
  }

  @Test("A grid that has seen the network asks it only where something is") func learnsGrid() {
    let store = ParameterStore(seed: 1)
    var settings = Self.grid
    settings.updateEvery = 1
    let model = GridNeRF(store.root, settings, Surroundings(bounds: 2...6, background: 1))
    // A network that says that there is nothing.
    withoutGradient { store.tensors["field/density/bias"]?.copy(from: Tensor.full([1], -50)) }
    let pass = Pass(.training, generator: RandomGenerator(seed: 1))
    for step in 0..<300 { model.prepare(step: step, pass) }
    let seen = withoutGradient { model(Self.rays, Pass(.evaluation, generator: pass.generator)).image }
    #expect(seen.colors.equals(Tensor.ones([12, 3])))
  }

  @Test("The dual image is of the mean of both networks' raw outputs, once trained") func dual() {
    func seen(_ isDual: Bool, _ mode: Pass.Mode) -> Tensor {
      let model = NeRF(
        ParameterStore(seed: 1).root, Self.nerf { $0.isDual = isDual },
        Surroundings(bounds: 2...6, background: 1))
      return withoutGradient {
        model(Self.rays, Pass(mode, generator: RandomGenerator(seed: 1))).image.colors
      }
    }
    #expect(seen(true, .training).equals(seen(false, .training)))
    #expect(seen(true, .evaluation).maximumDifference(from: seen(false, .evaluation)) > 1e-4)
  }
}
