import DirectFeedback

/// The configuration of ``BallTask``.
struct BallConfiguration: TaskConfiguration {
  var training = TrainingConfiguration(epochs: 1)
  var optimizer = OptimizerConfiguration(StochasticGradientDescent(), learningRate: 0.01)
  var feedback = FeedbackConfiguration()

  static let keys: [SettingKey<Self>] = commonKeys
}

/// A scene that needs neither data nor training: a ball of radius 1 around the origin, whose colours are its places. The
/// network beside it is there because a task has one.
final class BallTask: RenderingTask {
  static let name = "ball"
  static let summary = "see a ball"
  static let presets: [Preset<BallConfiguration>] = [Preset("ball", "one step") { _ in BallConfiguration() }]
  static let metrics: [Metric] = [.loss]
  static func datasets(_ configuration: BallConfiguration) -> [Dataset] { [] }

  let store: ParameterStore
  let stepsPerEpoch: Int? = 1
  private let network: (Tensor, Pass) -> Tensor

  init(_ configuration: BallConfiguration, _ environment: TaskEnvironment) throws {
    store = environment.parameterStore()
    let output = FeedbackOutput(store.root / "output")
    let hidden = Linear(store.root / "hidden", 3, 4)
    let point = FeedbackPoint(store.root / "hidden", of: output)
    let head = Linear(store.root / "head", 4, 1)
    network = { x, pass in output(head(point(hidden(x, pass).tanh(), pass), pass), pass) }
  }

  /// Four views from the sides, of 8 times 6 pixels.
  let scene = RadianceScene(
    name: "ball",
    views: Dictionary(
      uniqueKeysWithValues: [Split.training, .test].map { split in
        let places: [SIMD3<Double>] = [[4, 0, 0], [0, 4, 0], [-4, 0, 0], [0, -4, 0]]
        return (
          split,
          places.enumerated().map { index, place in
            let pose = CameraPose(at: place, lookingAt: [0, 0, 0], up: [0, 0, 1])
            return SceneView(
              camera: Camera(width: 8, height: 6, focal: 8, pose: pose),
              pixels: [UInt8](repeating: 255, count: 8 * 6 * 4), name: "v\(index)")
          }
        )
      }), bounds: 2...6)

  func batch(_ step: Int) -> Tensor { Tensor.ones([2, 3], device: store.device) }
  func loss(_ batch: Tensor, _ pass: Pass) -> Tensor { (network(batch, pass) * network(batch, pass)).mean() }
  func evaluate(_ split: Split, _ pass: Pass) -> [Metric: Double] { [.loss: loss(batch(0), pass).item] }
  func alignmentBatch() -> Tensor { batch(0) }

  func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (density: Tensor, color: Tensor) {
    let places = points.scalars(Float.self)
    let densities = stride(from: 0, to: places.count, by: 3).map { start -> Float in
      let place = SIMD3(places[start], places[start + 1], places[start + 2])
      return 20 * max(1.5 - (place * place).sum().squareRoot(), 0)
    }
    return (Tensor(densities), Tensor(places.map { 0.5 + $0 / 4 }, shape: points.shape))
  }

  func render(_ camera: Camera, _ pass: Pass, progress: (Double) -> Void) -> RenderedImage {
    let (width, height) = (camera.width, camera.height)
    var (colors, depth, opacity): ([Float], [Float], [Float]) = ([], [], [])
    for row in 0..<height {
      for column in 0..<width {
        let right = (Double(column) - Double(width - 1) / 2) / camera.focal
        let up = (Double(height - 1) / 2 - Double(row)) / camera.focal
        let direction = right * camera.pose.right + up * camera.pose.up - camera.pose.backward
        // Where the ray is nearest to the origin.
        let distance = -(camera.pose.position * direction).sum() / (direction * direction).sum()
        let place = camera.pose.position + distance * direction
        let isHit = (place * place).sum() < 1
        colors += isHit ? (0..<3).map { Float(0.5 + place[$0] / 4) } : [1, 1, 1]
        depth.append(isHit ? Float(distance) : 0)
        opacity.append(isHit ? 1 : 0)
      }
      progress(Double(row + 1) / Double(height))
    }
    return RenderedImage(width: width, height: height, colors: colors, depth: depth, opacity: opacity)
  }
}
