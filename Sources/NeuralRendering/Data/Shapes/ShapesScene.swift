import Basics
import Foundation
import Training

/// A scene that is drawn, not photographed: a few shapes on a chequered disc, by cameras at distance 4 above it, as those of
/// NeRF-Synthetic are.
///
/// Each camera follows from the seed, its part and its number alone: more views leave those before as they are.
public struct ShapesScene: Sendable, Hashable {
  /// The angle in radians that an image's width covers, that of NeRF-Synthetic.
  public static let angle = 0.6911112

  /// Pixels of an image in each direction; at least 1.
  public var size = 64
  /// Views to learn from; at least 1.
  public var trainingCount = 100
  /// Views to choose by; at least 0.
  public var validationCount = 10
  /// Views to report; at least 0.
  public var testCount = 25
  /// What the cameras' places are drawn by.
  public var seed: UInt64 = 0

  /// Images of 64 x 64 pixels: 100 to learn from, 10 to choose by, 25 to report.
  public init() {}

  /// What decides the photographs, on one line; the first number changes when they are drawn otherwise.
  var identity: String {
    "shapes 1 size \(size) views \(trainingCount) \(validationCount) \(testCount) seed \(seed)"
  }

  /// The number of views of each part that there is, with its name in files.
  var parts: [(split: Split, name: String, count: Int)] {
    [
      (Split.training, "train", trainingCount), (.validation, "val", validationCount),
      (.test, "test", testCount),
    ]
    .filter { $0.2 > 0 }
  }

  /// The focal length in pixels.
  var focal: Double { Camera.focal(width: size, angle: Self.angle) }

  /// Draws the views.
  /// - Parameter settings: Which views there are, how large, and where along their rays something is looked for.
  /// - Throws: `DataError` when images cannot be made smaller, `ConfigurationError` when `near` and `far` do not fit.
  public func scene(_ settings: SceneSettings = SceneSettings()) throws -> RadianceScene {
    require(size > 0 && trainingCount > 0, "a scene of no pixels, or of no views to learn from")
    let bounds = try settings.bounds(SyntheticScene.bounds)
    let (tracer, scale) = (ShapesTracer(), settings.downscale)
    var views: [Split: [SceneView]] = [:]
    for (split, name, count) in parts {
      let indices = settings.selected(Array(0..<count), of: split)
      views[split] = try ParallelWork.map(indices.count) { place in
        let view = view(indices[place], of: name, by: tracer)
        let image = try ScenePixels(width: size, height: size, pixels: view.pixels)
          .reduced(by: scale, path: "shapes")
        var camera = view.camera
        (camera.width, camera.height, camera.focal) = (image.width, image.height, focal / Double(scale))
        return SceneView(camera: camera, pixels: image.pixels, name: view.name)
      }
    }
    return RadianceScene(name: "shapes", views: views, bounds: bounds)
  }

  /// Draws a view.
  /// - Parameters:
  ///   - index: Its number.
  ///   - part: The name of its part in files.
  ///   - tracer: What draws it.
  func view(_ index: Int, of part: String, by tracer: ShapesTracer) -> SceneView {
    let camera = Camera(width: size, height: size, focal: focal, pose: pose(part, index))
    return SceneView(camera: camera, pixels: tracer.pixels(seenBy: camera), name: "r_\(index)")
  }

  /// Where a camera stands: anywhere on the upper half of a sphere, but for its rim and its top, as likely here as there.
  private func pose(_ part: String, _ index: Int) -> CameraPose {
    func draw(_ what: String) -> Double {
      Double(derivedSeed(seed, "shapes/\(part)/\(index)/\(what)") >> 11) * 0x1p-53
    }
    let (height, azimuth) = (0.05 + 0.93 * draw("height"), 2 * .pi * draw("azimuth"))
    let radius = (1 - height * height).squareRoot()
    let place = SIMD3(radius * cos(azimuth), radius * sin(azimuth), height)
    return CameraPose(at: 4 * place, lookingAt: SIMD3(), up: [0, 0, 1])
  }
}
