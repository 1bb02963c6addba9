import Networks
import Torch

/// What learns a scene: it says what rays see.
///
/// A new one is a file with the model and its settings, and a word in ``SceneModelChoice/kinds``.
public protocol SceneModel {
  /// What a configuration says of the model.
  associatedtype Settings: SceneModelSettings where Settings.Model == Self

  /// A model with its parameters in a scope.
  /// - Parameters:
  ///   - scope: Where the parameters are.
  ///   - settings: What a configuration says; they have been checked.
  ///   - surroundings: Where the scene is.
  init(_ scope: Scope, _ settings: Settings, _ surroundings: Surroundings)

  /// The names of the networks, in the order of what they see: that of the image, then others.
  var networks: [String] { get }

  /// What images are made of, and what other networks see along rays. All learn from what they see, in training maybe along the first
  /// of the rays alone.
  func callAsFunction(_ rays: Rays, _ pass: Pass) -> (image: RenderedRays, others: [RenderedRays])

  /// Density and colour at points, by the network that makes images.
  ///
  /// **Shape** points and unit directions `[P, 3]` to `[P]` and `[P, 3]`
  func field(at points: Tensor, from directions: Tensor, _ pass: Pass) -> (density: Tensor, color: Tensor)

  /// The points per ray at which networks are asked, by which memory is bounded.
  var pointsPerRay: Int { get }

  /// Brings up to date what the model keeps of the scene besides its parameters, before each part of a step of training.
  func prepare(step: Int, _ pass: Pass)
}

extension SceneModel {
  /// Default: there is nothing but parameters.
  public func prepare(step: Int, _ pass: Pass) {}
}

/// The settings of a ``SceneModel``, which they choose.
public protocol SceneModelSettings: SettingKind {
  /// The model.
  associatedtype Model: SceneModel where Model.Settings == Self
}

extension SceneModelSettings {
  /// The model of these settings.
  func makeModel(_ scope: Scope, _ surroundings: Surroundings) -> any SceneModel {
    Model(scope, self, surroundings)
  }
}

/// Where a scene is, and what is behind it.
public struct Surroundings: Sendable, Hashable {
  /// The distances along a ray between which there is something.
  public let bounds: ClosedRange<Double>
  /// The grey behind everything, from 0 (black) to 1 (white).
  public let background: Double

  /// Surroundings.
  public init(bounds: ClosedRange<Double>, background: Double) {
    (self.bounds, self.background) = (bounds, background)
  }
}
