import DirectFeedback

/// Neural radiance fields (Mildenhall et al. 2020) on encoded points, without rendering.
extension BenchmarkNetwork {
  /// The network of the NeRF paper.
  static let radianceField8x256 = radianceField("nerf-8x256", depth: 8, width: 256, skip: 4)
  /// The network that the 2020 paper's published checkpoints hold.
  static let radianceField4x128 = radianceField("nerf-4x128", depth: 4, width: 128, skip: nil)

  private static func radianceField(_ name: String, depth: Int, width: Int, skip: Int?) -> BenchmarkNetwork {
    BenchmarkNetwork(
      name, "radiance field of \(depth) layers of \(width) on encoded points and directions", batch: 16_384,
      optimizer: OptimizerConfiguration(Adam(), learningRate: 5e-4)
    ) { scope, data in
      let network = RadianceField(scope, depth: depth, width: width, skip: skip)
      let points = data.inputs(RadianceField.pointWidth)
      let (directions, targets) = (data.inputs(RadianceField.directionWidth), data.inputs(4))
      return { network(points, directions, $0).meanSquaredError(targets) }
    }
  }
}

/// Layers with ReLU on the encoded point; from the last a density and a feature layer with ReLU; the feature
/// and the encoded direction through one layer half as wide to a colour.
///
/// **Shape** `[B, 63]` and `[B, 27]` to the raw colour and density `[B, 4]`, where the error is read. A point
/// after every ReLU.
struct RadianceField {
  static let pointWidth = 63
  static let directionWidth = 27

  private let trunk: [Linear]
  private let trunkPoints: [FeedbackPoint]
  private let skip: Int?
  private let density, feature, direction, color: Linear
  private let featurePoint, directionPoint: FeedbackPoint
  private let output: FeedbackOutput

  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - depth: Layers on the point.
  ///   - width: Their width.
  ///   - skip: The layer, from 0, whose input is joined by the encoded point.
  init(_ scope: Scope, depth: Int, width: Int, skip: Int?) {
    let output = FeedbackOutput(scope / "output")
    let inputs = (0..<depth).map {
      $0 == 0 ? RadianceField.pointWidth : $0 == skip ? width + RadianceField.pointWidth : width
    }
    trunk = inputs.enumerated().map { Linear(scope / "layer\($0)", $1, width) }
    trunkPoints = inputs.indices.map { FeedbackPoint(scope / "layer\($0)", of: output) }
    density = Linear(scope / "density", width, 1)
    feature = Linear(scope / "feature", width, width)
    direction = Linear(scope / "direction", width + RadianceField.directionWidth, width / 2)
    color = Linear(scope / "color", width / 2, 3)
    featurePoint = FeedbackPoint(scope / "feature", of: output)
    directionPoint = FeedbackPoint(scope / "direction", of: output)
    self.skip = skip
    self.output = output
  }

  func callAsFunction(_ x: Tensor, _ directions: Tensor, _ pass: Pass) -> Tensor {
    var h = x
    for index in trunk.indices {
      if index == skip { h = Tensor.concatenated([x, h], 1) }
      h = trunkPoints[index](trunk[index](h, pass).relu(), pass)
    }
    let seen = featurePoint(feature(h, pass).relu(), pass)
    let lit = directionPoint(direction(Tensor.concatenated([seen, directions], 1), pass).relu(), pass)
    return output(Tensor.concatenated([color(lit, pass), density(h, pass)], 1), pass)
  }
}
