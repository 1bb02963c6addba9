import FeedbackAlignment
import Networks
import Training

/// The configuration of ``RadianceFieldTask``.
public struct RadianceFieldConfiguration: TaskConfiguration {
  /// Of which views the rays of a step are.
  public enum Order: String, NamedChoice {
    /// Each of any.
    case mixed
    /// All of one, drawn anew for each step, as in the published code.
    case oneView
  }

  /// What is behind the scene.
  public enum Background: String, NamedChoice {
    /// White.
    case white
    /// Black.
    case black

    /// The grey, from 0 to 1.
    var value: Double { self == .white ? 1 : 0 }
  }

  /// The photographs.
  public var scene = SceneSelection.path("nerf_synthetic/lego")
  /// How they are read.
  public var views = SceneSettings()
  /// What is behind the scene, in photographs and in what is rendered.
  public var background = Background.white
  /// Through which point of a pixel its ray goes.
  public var pixelPoint = PixelPoint.center
  /// Of which views the rays of a step are.
  public var order = Order.mixed
  /// For how many steps rays are of the middle of images alone, half as wide and high, so that networks see something before they
  /// settle for the background.
  public var cropSteps = 500
  /// How many validation views are rendered in an evaluation, evenly spread; nil for all.
  public var validationViews: Int? = 4
  /// How many test views; nil for all.
  public var testViews: Int?
  /// How far colours are from those of photographs.
  public var loss = ColorLoss.meanSquaredError
  /// What learns the scene.
  public var model = SceneModelChoice(NeRF.Settings())
  /// Length and rhythm.
  public var training = TrainingConfiguration(steps: 200_000, batchSize: 1_024, evaluateEvery: .steps(5_000))
  /// The optimizer.
  public var optimizer = OptimizerConfiguration(Adam(), learningRate: 5e-4)
  /// The feedback matrices; anchors are counted in steps, as there are no epochs.
  public var feedback = FeedbackConfiguration(anchorEvery: .steps(1_000))

  /// Lego.
  public init() {}

  /// The keys in files.
  public static let keys: [SettingKey<Self>] =
    [
      SettingKey("scene", \Self.scene, SceneSelection.explanation),
      SettingKey("views", \Self.views, "how photographs are read"),
      SettingKey("background", \Self.background, "what is behind the scene"),
      SettingKey("pixelPoint", \Self.pixelPoint, "through which point of a pixel its ray goes"),
      SettingKey("order", \Self.order, "of which views the rays of a step are: mixed, or oneView"),
      SettingKey(
        "cropSteps", \Self.cropSteps,
        "for how many steps rays are of the middle half of images alone, against collapse", .atLeast(0)),
      SettingKey(
        "validationViews", optional: \Self.validationViews,
        "how many validation views an evaluation renders, evenly spread; null: all", .atLeast(1)),
      SettingKey(
        "testViews", optional: \Self.testViews, "how many test views are rendered; null: all", .atLeast(1)),
      SettingKey("loss", \Self.loss, "how far colours are from those of photographs"),
      SettingKey("model", \Self.model, "what learns the scene"),
    ] + commonKeys
}
