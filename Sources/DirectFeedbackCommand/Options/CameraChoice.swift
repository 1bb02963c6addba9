import ArgumentParser
import DirectFeedback
import Foundation

/// Where a film's camera goes.
enum CameraChoice: ExpressibleByArgument {
  /// Once round the origin.
  case orbit
  /// In front of the scene.
  case spiral
  /// From photograph to photograph.
  case interpolation
  /// Where the photographs of the test were taken.
  case test
  /// Where a file says.
  case file(String)

  init?(argument: String) {
    switch argument {
    case "orbit": self = .orbit
    case "spiral": self = .spiral
    case "interpolation": self = .interpolation
    case "test": self = .test
    default:
      guard argument.lowercased().hasSuffix(".json") else { return nil }
      self = .file(argument)
    }
  }

  static let allValueStrings = ["orbit", "spiral", "interpolation", "test", "FILE.json"]

  /// The spiral of a scene that has one, else the orbit.
  init(for scene: RadianceScene) { self = scene.spiral == nil ? .orbit : .spiral }

  /// What messages and files call it.
  var name: String {
    switch self {
    case .orbit: "orbit"
    case .spiral: "spiral"
    case .interpolation: "interpolation"
    case .test: "test"
    case .file(let path): path
    }
  }

  /// A camera for each frame.
  /// - Parameters:
  ///   - scene: What is shown.
  ///   - count: How many frames there are: 40 when nil, or all of the test's photographs or of a file, of which a count takes
  ///     the first.
  /// - Throws: `ConfigurationError` when the scene has no such way, `DataError` from a file.
  func cameras(in scene: RadianceScene, count: Int?) throws -> [Camera] {
    let photographs = [Split.test, .validation, .training].map(scene.views)
    let camera = photographs.lazy.compactMap(\.first?.camera).first
    if case .file(let path) = self {
      let cameras = try CameraPath.file(URL(fileURLWithPath: path), like: camera)
      return Array(cameras.prefix(count ?? cameras.count))
    }
    guard let camera else { throw unusable("scene '\(scene.name)' has no photographs; give a FILE.json") }
    switch self {
    case .orbit:
      guard scene.space == .world else {
        throw unusable(
          "scene '\(scene.name)' is seen from the front only; give spiral, interpolation or test")
      }
      let distances = scene.views(.training).map {
        ($0.camera.pose.position * $0.camera.pose.position).sum().squareRoot()
      }
      let mean = distances.reduce(0, +) / Double(max(distances.count, 1))
      return CameraPath.orbit(like: camera, frameCount: count ?? 40, radius: mean > 1e-6 ? mean : 4)
    case .spiral:
      guard let spiral = scene.spiral else {
        throw unusable("scene '\(scene.name)' has no spiral: it is seen from around; give orbit")
      }
      return CameraPath.spiral(spiral, like: camera, frameCount: count ?? 40)
    case .interpolation:
      let views = photographs.first { $0.count > 1 } ?? photographs.joined().prefix(1).map(\.self)
      return CameraPath.interpolation(
        through: views.map(\.camera.pose), like: camera, frameCount: count ?? 40)
    case .test, .file:
      let cameras = scene.views(.test).map(\.camera)
      guard !cameras.isEmpty else { throw unusable("scene '\(scene.name)' has no photographs of a test") }
      return Array(cameras.prefix(count ?? cameras.count))
    }
  }

  private func unusable(_ reason: String) -> ConfigurationError { .value(key: "--path", reason: reason) }
}
